import Foundation
import FoundationXML

/// The elements and texts of a well-formed XML document.
package struct ParsedXML {
  package struct Element {
    package let name: String
    package let attributes: [String: String]

    /// A number.
    package func number(_ name: String) -> Double? { attributes[name].flatMap(Double.init) }

    /// The places of a line or an area, whose path tells each from the one before it.
    package var places: [[Double]] {
      if let points = attributes["points"] {
        return points.split(separator: " ").map { pair in
          pair.split(separator: ",").compactMap { Double($0) }
        }
      }
      let numbers = (attributes["d"] ?? "").replacing("-", with: " -")
        .split { "MlLz ".contains($0) }.compactMap { Double($0) }
      var places: [[Double]] = []
      for index in stride(from: 0, to: numbers.count - 1, by: 2) {
        let last = places.last ?? [0, 0]
        places.append([last[0] + numbers[index], last[1] + numbers[index + 1]])
      }
      return places
    }
  }

  package struct Malformed: Error {
    package let reason: String
  }

  package let elements: [Element]
  /// The texts that are not blank, one an element.
  package let texts: [String]

  /// - Throws: `Malformed` where the parser finds a mistake.
  package init(_ document: String) throws {
    let collector = Collector()
    let parser = XMLParser(data: Data(document.utf8))
    parser.delegate = collector
    guard parser.parse() else {
      throw Malformed(reason: parser.parserError.map { "\($0)" } ?? "unknown")
    }
    elements = collector.elements
    texts = collector.texts.filter { !$0.allSatisfy(\.isWhitespace) }
  }

  package func elements(_ name: String) -> [Element] { elements.filter { $0.name == name } }

  /// The areas of bands.
  package var areas: [Element] { elements("path").filter { $0.attributes["fill-opacity"] != nil } }

  /// The hollow diamonds of published numbers, or those of the radius of a small one beside a label.
  package func diamonds(radius: Double = 5) -> [Element] {
    elements("polygon").filter { element in
      let heights = element.places.map { $0[1] }
      return heights.count == 4
        && abs((heights.max() ?? 0) - (heights.min() ?? 0) - 2 * radius) < 0.3
    }
  }
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
