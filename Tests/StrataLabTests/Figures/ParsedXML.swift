import Foundation
import FoundationXML

/// The elements and texts of a well-formed XML document.
struct ParsedXML {
  struct Element {
    let name: String
    let attributes: [String: String]
  }

  struct Malformed: Error {
    let reason: String
  }

  let elements: [Element]
  /// The texts that are not blank, one an element.
  let texts: [String]

  /// - Throws: `Malformed` where the parser finds a mistake.
  init(_ document: String) throws {
    let collector = Collector()
    let parser = XMLParser(data: Data(document.utf8))
    parser.delegate = collector
    guard parser.parse() else {
      throw Malformed(reason: parser.parserError.map { "\($0)" } ?? "unknown")
    }
    elements = collector.elements
    texts = collector.texts.filter { !$0.allSatisfy(\.isWhitespace) }
  }

  func elements(_ name: String) -> [Element] { elements.filter { $0.name == name } }
}

private final class Collector: NSObject, XMLParserDelegate {
  var elements: [ParsedXML.Element] = []
  var texts: [String] = []
  private var isInside = false

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    elements.append(.init(name: name, attributes: attributes))
    texts.append("")
    isInside = true
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    isInside = false
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    if isInside, let last = texts.indices.last { texts[last] += text }
  }
}
