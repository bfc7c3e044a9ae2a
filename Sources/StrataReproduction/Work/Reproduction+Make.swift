import Strata
import StrataLab

extension Reproduction {
  /// What a search came to; `nil` for an experiment of another kind.
  private typealias Found = Result<SearchResults, SearchFailure>?

  /// Makes every experiment: searches first, then all networks, several at a time, then the gradient
  /// checks.
  ///
  /// - Parameters:
  ///   - jobs: Trainings at the same time, on one thread each.
  ///   - shouldStop: Asked often.
  ///   - observe: Called several times a second.
  /// - Returns: What was found, in the order of `parts`.
  /// - Throws: `Stopped` when it was to stop; what is finished is kept. `DataError` when
  ///   something cannot be kept, or what was kept is damaged.
  package func make(
    jobs: Int, shouldStop: @escaping @Sendable () -> Bool,
    observe: (ReproductionProgress) -> Void
  ) throws -> [ReproducedPart] {
    try check()
    let searches = try makeSearches(jobs: jobs, shouldStop: shouldStop, observe: observe)
    let runs = zip(parts, searches).flatMap { pair, found in changes(of: pair.part, found) }
      .flatMap { self.runs(of: $0) }
    try train(runs, jobs: jobs, shouldStop: shouldStop, observe: observe)
    try makeChecks(shouldStop: shouldStop, observe: observe)
    return try zip(parts, searches).map { pair, found in
      if shouldStop() { throw Stopped() }
      return try result(of: pair.part, found)
    }
  }

  private func makeSearches(
    jobs: Int, shouldStop: @escaping @Sendable () -> Bool,
    observe: (ReproductionProgress) -> Void
  ) throws -> [Found] {
    var later = try workLeft()
    var known: Set<String> = []
    return try parts.map { document, part in
      let work = try workOfSearch(part)
      later = max(0, later - (try workLeft(ofSearch: part, besides: &known)))
      return try search(part, jobs: jobs, shouldStop: shouldStop) { progress in
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
  }

  /// The settings of the networks that an experiment trains, once its search is made.
  private func changes(of part: ReproductionPart, _ found: Found) -> [RecipeChanges] {
    // A search that found nothing has nothing to be compared with.
    if case .failure? = found { return [] }
    return networks(of: part)
  }

  private func result(of part: ReproductionPart, _ found: Found) throws -> ReproducedPart {
    func results(_ row: ReproducedRow) throws -> ReproducedResults {
      ReproducedResults(row, try outcomes(of: row.changes))
    }
    switch part.kind {
    case .runs(let rows, _): return .runs(try rows.map(results))
    case .gradients:
      return .gradients(
        try checks(of: part).map { try ReproducedCheck($0, contentsOf: path(of: $0)) })
    case .choices(let varied):
      return .choices(
        try varied.map { setting in
          ReproducedChoice(
            setting: setting,
            chosen: ReproducedResults(
              ReproducedRow(setting.chosen, setting.base), try outcomes(of: setting.changes)),
            alternative: ReproducedResults(
              ReproducedRow(setting.alternative, setting.alternativeSettings),
              try outcomes(of: setting.alternativeChanges)))
        })
    case .search(let search):
      switch found {
      case .success(let found)?: return .search(found, baseline: try search.baseline.map(results))
      case .failure(let failure)?: return .failedSearch("\(failure)")
      case nil: preconditionFailure("a search without results")
      }
    }
  }

  private func search(
    _ part: ReproductionPart, jobs: Int, shouldStop: @escaping @Sendable () -> Bool,
    observe: (SearchProgress) -> Void
  ) throws -> Found {
    guard case .search(let asked) = part.kind else { return nil }
    var request = try asked.request(seeds: finalSeeds(of: asked))
    request.base.data = data.reference
    request.base.dataDirectory = data.directory
    try Folder.create(Strata.path(folder, "studies"))
    let search = try Search(
      SearchPlan(request), data: data, study: studyPath(of: asked))
    do {
      try search.run(jobs: jobs, shouldStop: shouldStop, observe: observe)
      return .success(try search.results().limited(toFinalSeeds: seeds))
    } catch let failure as SearchFailure {
      return .failure(failure)
    }
  }
}
