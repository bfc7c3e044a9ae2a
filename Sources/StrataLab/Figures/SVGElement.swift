/// One element of an SVG drawing, with its attributes and children in the order of writing.
///
/// Text and attribute values are escaped when it is written, and only there, so that no caller
/// has to think of it.
package struct SVGElement: Sendable, Hashable {
  /// The value of an attribute.
  package enum Value: Sendable, Hashable, ExpressibleByStringLiteral, ExpressibleByFloatLiteral {
    /// Any text.
    case text(String)
    /// A length or coordinate, written with at most two decimals.
    case number(Double)

    /// Text.
    package init(stringLiteral value: String) { self = .text(value) }
    /// A number.
    package init(floatLiteral value: Double) { self = .number(value) }
  }

  private struct Attribute: Sendable, Hashable {
    let name: String
    let value: Value
  }

  private let name: String
  private var attributes: [Attribute]
  private let text: String?
  private let children: [SVGElement]

  /// Creates an element with children, or with text.
  package init(
    _ name: String, _ attributes: KeyValuePairs<String, Value> = [:], text: String? = nil,
    children: [SVGElement] = []
  ) {
    self.name = name
    self.attributes = attributes.map { Attribute(name: $0.key, value: $0.value) }
    self.text = text
    self.children = children
  }

  /// The element with one more attribute at the end.
  package func with(_ name: String, _ value: Value) -> SVGElement {
    var copy = self
    copy.attributes.append(Attribute(name: name, value: value))
    return copy
  }

  /// The element as XML, one line an element, indented by `depth` blanks.
  package func xml(depth: Int = 0) -> String {
    var result = ""
    write(to: &result, depth: depth)
    return result
  }

  private func write(to result: inout String, depth: Int) {
    let indentation = String(repeating: " ", count: depth)
    result += indentation + "<" + name
    for attribute in attributes {
      result += " \(attribute.name)=\"\(attribute.value.xml)\""
    }
    if let text {
      result += ">" + escapedXML(text) + "</\(name)>\n"
    } else if children.isEmpty {
      result += "/>\n"
    } else {
      result += ">\n"
      for child in children { child.write(to: &result, depth: depth + 1) }
      result += indentation + "</\(name)>\n"
    }
  }
}

extension SVGElement.Value {
  fileprivate var xml: String {
    switch self {
    case .text(let text): escapedXML(text)
    case .number(let number): coordinateText(number)
    }
  }
}

/// Text for the inside of an element or of an attribute in double quotes.
///
/// Characters that XML 1.0 does not allow at all become U+FFFD (section 2.2, "Char").
package func escapedXML(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "\n", "\r", "\t": result += " "
    case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// A coordinate with at most two decimals, which is finer than any printer: `12.5`, `-3`.
///
/// What is not finite, or beyond a million, is drawn at the nearest coordinate that is.
package func coordinateText(_ value: Double) -> String {
  let bounded = value.isNaN ? 0 : min(max(value, -1e6), 1e6)
  let hundredths = Int((bounded * 100).rounded())
  let sign = hundredths < 0 ? "-" : ""
  let (whole, rest) = hundredths.magnitude.quotientAndRemainder(dividingBy: 100)
  if rest == 0 { return "\(sign)\(whole)" }
  let digits = rest % 10 == 0 ? "\(rest / 10)" : rest < 10 ? "0\(rest)" : "\(rest)"
  return "\(sign)\(whole).\(digits)"
}
