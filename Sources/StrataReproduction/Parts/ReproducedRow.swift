import Strata
import StrataLab

/// A network that is trained from several seeds, and what a document says came out.
package struct ReproducedRow: Sendable {
  /// What it is, in the words of the document.
  package let label: String
  /// Its settings and their sources.
  package let settings: SourcedSettings
  /// What has to be typed for them.
  package let changes: RecipeChanges
  /// What was published; empty for a curve without a number.
  package let published: [PublishedNumber]
  /// What a curve without a number is about.
  package var measure = PublishedNumber.Measure.test

  init(_ label: String, _ settings: SourcedSettings, _ published: PublishedNumber...) {
    self.init(label, settings, published)
  }

  init(_ label: String, _ settings: SourcedSettings, _ published: [PublishedNumber]) {
    self.label = label
    self.settings = settings
    self.published = published
    changes = settings.changes
  }

  /// The same row, measured in another way.
  func measured(_ measure: PublishedNumber.Measure) -> ReproducedRow {
    var row = self
    row.measure = measure
    return row
  }

  /// The same row where its published numbers stand elsewhere.
  var unpublished: ReproducedRow { ReproducedRow(label, settings) }

  /// Why the published numbers cannot be held against ours, a clause; `nil` where they can.
  ///
  /// One rule for every row: the document must say which network it trained. Anything else that it
  /// leaves open is chosen here, and something else is tried for it.
  var obstacle: String? {
    settings.open.contains(.hidden) ? "the document does not say which network was trained" : nil
  }

  /// What may be the reason where nothing speaks for a certain one, a clause.
  var openReason: String {
    let names = settings.open.filter { $0 != .evaluateEvery }.map(\.rawValue).joined(
      separator: ", ")
    return names.isEmpty ? "likeliest chance" : "chance, or a setting that is not said (\(names))"
  }
}
