import Strata
import StrataLab

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
    for row in networks(of: part) { _ = try work(of: row) }
    for check in checks(of: part) where check.usesImages {
      let inputs = data.pair.training.features.count
      guard check.settings.inputs <= inputs else {
        throw ConfigurationError(
          setting: "inputs", expected: "images of \(check.settings.inputs) numbers",
          found: "\(inputs)")
      }
    }
  }

  /// Of the runs and the trials that have not ended.
  func workLeft() throws -> Double {
    let settings = Set(parts.flatMap { networks(of: $0.part) })
    let trainings = try settings.reduce(0) { sum, changes in
      let missing = runs(of: changes).count { !hasEnded($0) }
      return missing == 0 ? sum : sum + Double(missing) * (try work(of: changes))
    }
    var known: Set<String> = []
    return try parts.reduce(trainings) { $0 + (try workLeft(ofSearch: $1.part, besides: &known)) }
  }

  /// How far the search of a part is; `nil` for another kind of part.
  func glance(at part: ReproductionPart) throws -> StudySnapshot? {
    guard case .search(let search) = part.kind else { return nil }
    return StudySnapshot(
      try SearchPlan(search.request(seeds: finalSeeds(of: search))), study: studyPath(of: search))
  }

  /// The settings of the networks that a part trains, besides the trials of a search.
  func networks(of part: ReproductionPart) -> [RecipeChanges] {
    if case .choices(let varied) = part.kind {
      return varied.flatMap { [$0.changes, $0.alternativeChanges] }
    }
    return part.rows.map(\.changes)
  }

  /// Of the trials of a part's search that have not ended; 0 for another kind of part.
  func workLeft(ofSearch part: ReproductionPart) throws -> Double {
    guard let glance = try glance(at: part) else { return 0 }
    return glance.shareLeft * (try workOfSearch(part))
  }

  /// The same, but 0 for a search whose study is `known`.
  func workLeft(
    ofSearch part: ReproductionPart, besides known: inout Set<String>
  ) throws -> Double {
    guard case .search(let search) = part.kind, known.insert(studyPath(of: search)).inserted else {
      return 0
    }
    return try workLeft(ofSearch: part)
  }

  /// Of the trials of a part's search; 0 for another kind of part.
  func workOfSearch(_ part: ReproductionPart) throws -> Double {
    guard case .search(let search) = part.kind else { return 0 }
    let plan = try SearchPlan(search.request(seeds: seeds))
    let recipes = try plan.values(of: .coarse, in: plan.space, from: 1).map(plan.recipe)
    let coarse = try recipes.reduce(0) { $0 + (try work(of: $1)) }
    let finals = Double(plan.finals?.count ?? 0) * plan.finalLength(on: data)
    return coarse * (1 + (Double(plan.fineTrials) + finals) / Double(max(1, recipes.count)))
  }

  /// The seeds of a search's finalists: those of a study that has more are kept.
  func finalSeeds(of search: ReproducedSearch) -> Int {
    let study = try? StudyFile(reading: studyPath(of: search)).state()
    return max(seeds, study?.counts.finals?.seeds ?? 0)
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
    let length = plan.length
    let evaluations = Double(length.updateSteps / length.evaluateEvery + 1)
    let images = Double(plan.split.training.count + (plan.split.validation?.count ?? 0))
    return products
      * (3 * Double(length.updateSteps * plan.configuration.batchSize) + evaluations * images)
  }
}
