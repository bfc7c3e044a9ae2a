/// A piece of HTML, in which text and attribute values have been escaped.
package struct HTML: Sendable, Hashable {
  /// The source text.
  package let source: String

  private init(source: String) { self.source = source }

  /// Text, shown as it is.
  package static func text(_ text: String) -> HTML { HTML(source: escapedXML(text)) }

  /// An element with its children, one after the other without blanks between them.
  package static func element(
    _ name: String, _ attributes: KeyValuePairs<String, String> = [:], children: [HTML]
  ) -> HTML {
    HTML(source: tag(name, attributes) + children.map(\.source).joined() + "</\(name)>")
  }

  /// An element that holds text.
  package static func element(
    _ name: String, _ attributes: KeyValuePairs<String, String> = [:], text: String
  ) -> HTML {
    element(name, attributes, children: [.text(text)])
  }

  /// An element that has no content, such as `img`.
  package static func void(_ name: String, _ attributes: KeyValuePairs<String, String>) -> HTML {
    HTML(source: tag(name, attributes))
  }

  /// A style sheet of the project's own; nothing in it is escaped.
  static func styleSheet(_ rules: String) -> HTML { HTML(source: "<style>\n\(rules)</style>") }

  /// A drawing of the project's own figure code, without what only stands in a file.
  static func drawing(_ svg: String) -> HTML {
    guard svg.hasPrefix("<?xml"), let end = svg.firstRange(of: "?>\n") else {
      return HTML(source: svg)
    }
    return HTML(source: String(svg[end.upperBound...]))
  }

  /// Lines of source text.
  static func lines(_ pieces: [HTML]) -> HTML {
    HTML(source: pieces.map { $0.source + "\n" }.joined())
  }

  private static func tag(_ name: String, _ attributes: KeyValuePairs<String, String>) -> String {
    "<" + name + attributes.map { " \($0.key)=\"\(escapedXML($0.value))\"" }.joined() + ">"
  }
}
