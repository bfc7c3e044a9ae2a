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
    if case .gradients(let checks) = part.kind {
      for check in checks where check.usesImages {
        let inputs = data.pair.training.shape.count
        guard check.settings.inputs <= inputs else {
          throw ConfigurationError(
            setting: "inputs", expected: "images of \(check.settings.inputs) numbers",
            found: "\(inputs)")
        }
      }
    }
  }

  /// Of the runs that are not finished and of the searches.
  func workOfAll() throws -> Double {
    let settings = Set(parts.flatMap { rows(of: $0.part) })
    let networks = try settings.reduce(0) { sum, changes in
      let missing = runs(of: changes).count { !hasEnded($0) }
      return missing == 0 ? sum : sum + Double(missing) * (try work(of: changes))
    }
    return try parts.reduce(networks) { $0 + (try workOfSearch($1.part)) }
  }

  /// The settings of the networks that a part trains; of a search, those that its result is trained
  /// with, before it is known.
  func rows(of part: ReproductionPart) -> [RecipeChanges] {
    switch part.kind {
    case .runs(let rows, _): rows.map(\.changes)
    case .gradients: []
    case .search(let search): search.final.map { [$0] } ?? []
    case .choices(let varied, _): varied.flatMap { [$0.changes, $0.alternativeChanges] }
    }
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
