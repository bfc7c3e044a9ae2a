import Strata

/// How much work a reproduction is, in multiplications, by which its time is estimated.
extension Reproduction {
  /// Checks that every network, search and gradient check is possible with the data.
  ///
  /// - Throws: `ConfigurationError` for the first that is not.
  func check() throws {
    for (document, part) in parts {
      do {
        try check(part)
      } catch let error as ConfigurationError {
        throw ConfigurationError(
          setting: "data",
          expected: "images that \(document.name)/\(part.name) is possible with "
            + "(\(error.setting): \(error.expected))",
          found: error.found, hint: "choose cifar10 or other parts")
      }
    }
  }

  /// Checks one part.
  func check(_ part: ReproductionPart) throws {
    _ = try workOfSearch(part)
    for row in rows(of: part) { _ = try work(of: row) }
    for check in part.checks where check.usesImages {
      let inputs = data.pair.training.shape.count
      guard check.settings.inputs <= inputs else {
        throw ConfigurationError(
          setting: "inputs", expected: "images of \(check.settings.inputs) numbers",
          found: "\(inputs)")
      }
    }
  }

  /// Of the runs and the trials that have not ended.
  func workLeft() throws -> Double {
    let settings = Set(try parts.flatMap { try networks(of: $0.part, in: $0.document) })
    let trainings = try settings.reduce(0) { sum, changes in
      let missing = runs(of: changes).count { !hasEnded($0) }
      return missing == 0 ? sum : sum + Double(missing) * (try work(of: changes))
    }
    return try parts.reduce(trainings) { $0 + (try workLeft(ofSearch: $1.part, in: $1.document)) }
  }

  /// How far the search of a part is; `nil` for another kind of part.
  func glance(at part: ReproductionPart, in document: ReproductionDocument) throws -> SearchGlance?
  {
    guard case .search(let search) = part.kind else { return nil }
    return SearchGlance(
      try SearchPlan(search.request()), study: studyPath(of: part, in: document))
  }

  /// The settings of the networks that a part trains; of a search that has ended, with what it found.
  func networks(
    of part: ReproductionPart, in document: ReproductionDocument
  ) throws -> [RecipeChanges] {
    guard case .search(let search) = part.kind,
      let glance = try glance(at: part, in: document), glance.isDone
    else { return rows(of: part) }
    return glance.best.flatMap { search.finalRows(with: $0.values) }
      .map { [$0.baseline.changes, $0.found.changes] } ?? []
  }

  /// The settings of the networks that a part trains; of a search, those that are known before it is
  /// made.
  func rows(of part: ReproductionPart) -> [RecipeChanges] {
    switch part.kind {
    case .runs(let rows, _): rows.map(\.changes)
    case .gradients: []
    case .search(let search): search.final.map { [$0] } ?? []
    case .choices(let varied, _): varied.flatMap { [$0.changes, $0.alternativeChanges] }
    }
  }

  /// Of the trials of a part's search that have not ended; 0 for another kind of part.
  func workLeft(
    ofSearch part: ReproductionPart, in document: ReproductionDocument
  ) throws -> Double {
    guard let glance = try glance(at: part, in: document) else { return 0 }
    return glance.shareLeft * (try workOfSearch(part))
  }

  /// Of the trials of a part's search; 0 for another kind of part.
  func workOfSearch(_ part: ReproductionPart) throws -> Double {
    guard case .search(let search) = part.kind else { return 0 }
    let plan = try SearchPlan(search.request())
    let recipes = try plan.values(of: .coarse, in: plan.space, from: 1).map(plan.recipe)
    let coarse = try recipes.reduce(0) { $0 + (try work(of: $1)) }
    return coarse * (1 + Double(plan.fineTrials) / Double(max(1, recipes.count)))
  }

  /// Of a run of some settings, whatever its seed.
  func work(of changes: RecipeChanges) throws -> Double {
    try work(of: recipe(of: ReproductionRun(changes: changes, seed: 1)))
  }

  /// Of a training: three products of each layer a step, and one an evaluated image.
  private func work(of recipe: Recipe) throws -> Double {
    let plan = try TrainingPlan(recipe, data: data, memory: [])
    let widths = (0...plan.architecture.depth).map(plan.architecture.width)
    let products = zip(widths, widths.dropFirst()).reduce(0.0) { $0 + Double($1.0 * $1.1) }
    let configuration = plan.configuration
    let evaluations = Double(configuration.updateSteps / configuration.evaluateEvery + 1)
    let images = Double(plan.split.training.count + (plan.split.validation?.count ?? 0))
    return products
      * (3 * Double(configuration.updateSteps * configuration.batchSize) + evaluations * images)
  }
}
