import Strata

/// A document whose tables and figures are made again.
package struct ReproductionDocument: Sendable {
  /// What it is called on the command line.
  package let name: String
  /// What it is.
  package let title: String
  /// Its experiments, in its order.
  package let parts: [ReproductionPart]
}

/// One experiment of a document.
package struct ReproductionPart: Sendable {
  /// How an experiment is made.
  package enum Kind: Sendable {
    /// Networks are trained, each from several seeds.
    case runs([ReproducedRow], questions: [PairedQuestion])
    /// Gradients are checked.
    case gradients([ReproducedGradient])
    /// A search is made, once, and networks are trained with what it finds.
    case search(ReproducedSearch)
  }

  /// What it is called on the command line, behind the document's name.
  package let name: String
  /// What it shows, in a few words.
  package let title: String
  /// What the document did, and what was chosen where it does not say; sentences.
  package let text: String
  /// How it is made.
  package let kind: Kind

  init(_ name: String, _ title: String, _ text: String, _ kind: Kind) {
    self.name = name
    self.title = title
    self.text = text
    self.kind = kind
  }
}

/// The settings of a recipe that differ from the defaults, as options.
package struct RecipeChanges: Sendable, Hashable, ExpressibleByDictionaryLiteral {
  /// Keys and values, in the order of the help page.
  package let options: [Option]

  /// A key and its value.
  package struct Option: Sendable, Hashable {
    /// The setting.
    package let key: RecipeKey
    /// Its value.
    package let text: String
  }

  package init(dictionaryLiteral elements: (RecipeKey, String)...) {
    self.init(elements)
  }

  init(_ elements: [(RecipeKey, String)]) {
    let texts = Dictionary(elements, uniquingKeysWith: { $1 })
    options = RecipeKey.allCases.compactMap { key in
      texts[key].map { Option(key: key, text: $0) }
    }
  }

  /// These changes and others, which win.
  package func and(_ others: RecipeChanges) -> RecipeChanges {
    RecipeChanges((options + others.options).map { ($0.key, $0.text) })
  }

  /// The default recipe with these changes.
  ///
  /// - Throws: `ConfigurationError` when one cannot be.
  package func recipe() throws -> Recipe {
    var recipe = Recipe()
    try recipe.apply(options: options.map { ($0.key, $0.text) })
    return recipe
  }

  /// The command that trains with them on a data set.
  package func command(data: String) -> String {
    (["strata train --data \(shellWord(data))"] + words).joined(separator: " ")
  }

  /// The options as they are typed.
  fileprivate var words: [String] {
    options.map { "--\($0.key.rawValue) \(shellWord($0.text))" }
  }
}

/// A network that is trained from several seeds, and what a document says came out.
package struct ReproducedRow: Sendable {
  /// What it is, in the words of the document.
  package let label: String
  /// Its settings.
  package let changes: RecipeChanges
  /// What was published; empty for a curve without a number.
  package let published: [PublishedNumber]
  /// What a curve without a number is about.
  package var measure = PublishedNumber.Measure.test

  init(_ label: String, _ changes: RecipeChanges, _ published: PublishedNumber...) {
    self.init(label, changes, published)
  }

  init(_ label: String, _ changes: RecipeChanges, _ published: [PublishedNumber]) {
    self.label = label
    self.changes = changes
    self.published = published
  }

  /// The same row, measured in another way.
  func measured(_ measure: PublishedNumber.Measure) -> ReproducedRow {
    var row = self
    row.measure = measure
    return row
  }
}

/// A number of a document.
package struct PublishedNumber: Sendable, Hashable {
  /// What was measured.
  package enum Measure: String, Sendable, Hashable {
    /// Accuracy on the test part at the end.
    case test = "test_accuracy"
    /// Accuracy on the validation part at the end.
    case validation = "validation_accuracy"
    /// Accuracy on the training part at the end.
    case training = "train_accuracy"

    /// For a table.
    package var title: String {
      switch self {
      case .test: "test"
      case .validation: "validation"
      case .training: "training"
      }
    }
  }

  /// What was measured.
  package let measure: Measure
  /// A fraction.
  package let value: Double
  /// The decimals that were printed, in percent.
  package let decimals: Int
  /// Why the number cannot be held against ours, a clause; `nil` where it can.
  package let obstacle: String?
  /// Why ours may differ, a clause.
  package let reason: String

  /// A number in percent, as it was printed.
  static func test(
    _ percent: Double, decimals: Int = 2, obstacle: String? = nil, reason: String = oneRun
  ) -> Self {
    Self(.test, percent, decimals, obstacle, reason)
  }

  /// A number in percent, as it was printed.
  static func validation(
    _ percent: Double, decimals: Int = 2, obstacle: String? = nil, reason: String = oneRun
  ) -> Self {
    Self(.validation, percent, decimals, obstacle, reason)
  }

  /// The best of several trials is better than a typical run of its settings.
  static func best(_ percent: Double, of trials: Int) -> Self {
    .validation(
      percent, reason: "theirs is among the best of \(trials) trials, and chosen for that")
  }

  /// Half a unit of the last digit that was printed, as a fraction.
  package var rounding: Double { (0..<decimals).reduce(0.005) { half, _ in half / 10 } }

  /// What may always be the reason.
  private static let oneRun = "theirs is one run, and settings that it does not say may differ"

  private init(
    _ measure: Measure, _ percent: Double, _ decimals: Int, _ obstacle: String?, _ reason: String
  ) {
    self.measure = measure
    value = percent / 100
    self.decimals = decimals
    self.obstacle = obstacle
    self.reason = reason
  }
}

/// Whether one row is better than another, seed by seed.
package struct PairedQuestion: Sendable {
  /// The question.
  package let text: String
  /// The label of the row that may be better.
  package let row: String
  /// The label of the row it is compared with.
  package let baseline: String
}

/// A gradient check, and what a document says of it.
package struct ReproducedGradient: Sendable {
  /// What is checked.
  package let label: String
  /// How.
  package let settings: GradientCheckSettings
  /// Whether the rows are real images.
  package let usesImages: Bool
  /// The largest relative error that was published; `nil` where none was.
  package let published: Double?

  init(
    _ label: String, published: Double? = nil, usesImages: Bool = false,
    _ change: (inout GradientCheckSettings) -> Void
  ) {
    self.label = label
    var settings = GradientCheckSettings()
    change(&settings)
    self.settings = settings
    self.usesImages = usesImages
    self.published = published
  }
}

/// A search, and what a document says it found.
package struct ReproducedSearch: Sendable {
  /// What the trials have in common.
  package let base: RecipeChanges
  /// The settings that vary.
  package let over: [String]
  /// How trials are chosen.
  package var method = SearchMethod.random
  /// Trials of the coarse stage; of a grid, the most.
  package let trials: Int
  /// The space of the fine stage; `nil` to derive it.
  package var fineOver: [String] = []
  /// Trials of the fine stage; 0 for none.
  package let fineTrials: Int
  /// What is trained with the best values that are found; `nil` for nothing.
  package var final: RecipeChanges?

  /// The request.
  ///
  /// - Throws: `ConfigurationError` when a setting cannot be.
  package func request() throws -> SearchRequest {
    var request = SearchRequest(base: try base.recipe(), over: over)
    request.method = method
    request.trials = trials
    request.fineOver = fineOver
    request.fineTrials = fineTrials == 0 ? nil : fineTrials
    request.stages = fineTrials == 0 ? 1 : 2
    return request
  }

  /// The command that makes it on a data set.
  package func command(data: String) -> String {
    let spaces = over.map { "--over \(shellWord($0))" }
    let fine = fineOver.map { "--fine-over \(shellWord($0))" }
    let counts =
      (method == .random ? [] : ["--method \(method.rawValue)"])
      + ["--trials \(trials)"]
      + (fineTrials == 0 ? ["--stages 1"] : ["--fine-trials \(fineTrials)"])
    return (["strata search --data \(shellWord(data))"] + base.words + spaces + fine + counts)
      .joined(separator: " ")
  }
}
