import Strata

/// What was found when an experiment was made again.
package enum ReproducedPart: Sendable {
  /// Of each row the results, seed by seed.
  case runs([ReproducedResults], questions: [PairedQuestion])
  /// The checks with their reports.
  case gradients([(ReproducedGradient, GradientCheckReport)])
  /// The search and, seed by seed, the network with what it found.
  case search(SearchResults, final: ReproducedResults?)
}

/// The results of a row.
package struct ReproducedResults: Sendable {
  /// What was trained.
  package let row: ReproducedRow
  /// One a seed.
  package let results: [ReproductionResult]

  /// A number of `summary.json`, seed by seed.
  ///
  /// - Throws: `DataError` when a summary lacks it.
  package func numbers(_ measure: PublishedNumber.Measure) throws -> [Double] {
    try results.map { try $0.number(measure.rawValue) }
  }

  /// Summarizes that number.
  ///
  /// - Throws: `DataError` when a summary lacks it.
  package func summary(_ measure: PublishedNumber.Measure) throws -> SampleSummary {
    try SampleSummary(numbers(measure))
  }
}

extension Reproduction {
  /// Makes every experiment: searches first, then all networks, several at a time.
  ///
  /// - Parameters:
  ///   - jobs: Trainings at the same time, on one thread each.
  ///   - shouldStop: Asked often.
  ///   - observe: Called several times a second.
  /// - Returns: What was found, in the order of `parts`.
  /// - Throws: `ReproductionStopped` when it was to stop; what is finished is kept.
  package func make(
    jobs: Int, shouldStop: @escaping @Sendable () -> Bool,
    observe: (ReproductionProgress) -> Void
  ) throws -> [ReproducedPart] {
    try check()
    var later = try workOfAll()
    let searches = try parts.map { document, part in
      let work = try workOfSearch(part)
      later -= work
      return try search(part, in: document, jobs: jobs, shouldStop: shouldStop) { progress in
        var shown = ReproductionProgress()
        shown.doing = "search \(document.name)/\(part.name)"
        shown.total = progress.total
        shown.ended = progress.ended
        let one = work / Double(max(1, progress.total))
        shown.made = one * Double(progress.ended - progress.endedBefore)
        shown.left = one * Double(progress.total - progress.ended) + later
        observe(shown)
      }
    }
    let runs = zip(parts, searches).flatMap { pair, found in rows(of: pair.part, found) }
      .flatMap { self.runs(of: $0.changes) }
    try train(runs, jobs: jobs, shouldStop: shouldStop, observe: observe)
    return try zip(parts, searches).map { pair, found in
      if shouldStop() { throw ReproductionStopped() }
      return try result(of: pair.part, found)
    }
  }

  /// The networks that an experiment trains, once its search is made.
  private func rows(of part: ReproductionPart, _ found: SearchResults?) -> [ReproducedRow] {
    switch part.kind {
    case .runs(let rows, _): return rows
    case .gradients: return []
    case .search(let search):
      return found.flatMap { search.finalRow(with: $0) }.map { [$0] } ?? []
    }
  }

  private func result(of part: ReproductionPart, _ found: SearchResults?) throws -> ReproducedPart {
    func results(_ row: ReproducedRow) throws -> ReproducedResults {
      ReproducedResults(row: row, results: try self.results(of: runs(of: row.changes)))
    }
    switch part.kind {
    case .runs(let rows, let questions):
      return .runs(try rows.map(results), questions: questions)
    case .gradients(let checks):
      return .gradients(try checks.map { ($0, try report(of: $0)) })
    case .search(let search):
      guard let found else { preconditionFailure("a search without results") }
      return .search(found, final: try search.finalRow(with: found).map(results))
    }
  }

  /// The search of an experiment; `nil` for an experiment of another kind.
  private func search(
    _ part: ReproductionPart, in document: ReproductionDocument, jobs: Int,
    shouldStop: @escaping @Sendable () -> Bool, observe: (SearchProgress) -> Void
  ) throws -> SearchResults? {
    guard case .search(let asked) = part.kind else { return nil }
    var request = try asked.request()
    request.base.data = data.reference
    request.base.dataDirectory = data.directory
    try Folder.create(Strata.path(folder, "studies"))
    let search = try Search(
      SearchPlan(request), data: data, study: studyPath(of: part, in: document))
    do {
      try search.run(jobs: jobs, shouldStop: shouldStop, observe: observe)
    } catch is SearchStopped {
      throw ReproductionStopped()
    }
    return try search.results()
  }

  private func report(of check: ReproducedGradient) throws -> GradientCheckReport {
    let settings = check.settings
    let kernels = try KernelSet.ofProcess()
    let batch =
      check.usesImages
      ? try GradientCheckBatch(firstRowsOf: data, inputs: settings.inputs, settings)
      : try GradientCheckBatch(randomFor: settings)
    return try GradientCheckReport(settings, on: batch) {
      $0.gradient(inputs: $1, labels: $2, lambda: $3, kernels: kernels).gradient
    }
  }
}

extension ReproducedSearch {
  /// The network that is trained with the best values that were found; `nil` for none.
  func finalRow(with found: SearchResults) -> ReproducedRow? {
    guard let final else { return nil }
    let values = found.best.values
    let text = values.map { "\($0.key.rawValue) \($0.text)" }.joined(separator: ", ")
    return ReproducedRow(
      "with \(text)", final.and(RecipeChanges(values.map { ($0.key, $0.text) })))
  }
}
