/// A document whose tables and figures are made again.
package struct ReproductionDocument: Sendable {
  /// What it is called on the command line.
  package let name: String
  /// What it is.
  package let title: String
  /// Its experiments, in its order.
  package let parts: [ReproductionPart]

  init(_ source: SourceDocument, title: String, parts: [ReproductionPart]) {
    self.init(name: source.rawValue, title: title, parts: parts)
  }

  init(name: String, title: String, parts: [ReproductionPart]) {
    self.name = name
    self.title = title
    self.parts = parts
  }
}
