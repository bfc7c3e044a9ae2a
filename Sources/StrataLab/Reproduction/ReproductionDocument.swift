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
    /// A search is made, once, and networks are trained without and with what it finds.
    case search(ReproducedSearch)
    /// Networks are trained with what was chosen for settings that the document does not say, and
    /// with something else.
    case choices([VariedSetting], others: [UnvariedSetting])
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
  /// The settings that its result depends on and the document does not say; they are chosen here.
  package var unsaid: [RecipeKey] = []

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
