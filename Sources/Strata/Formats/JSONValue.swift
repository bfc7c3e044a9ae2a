/// A JSON value; the members of an object keep their order, and numbers their digits.
///
/// Foundation's reader is not used: it drops all but one of several equal keys, which a
/// safetensors header must not have, and it would be the library's only use of Foundation.
package enum JSONValue: Sendable, Hashable {
  /// A member of an object.
  package struct Member: Sendable, Hashable {
    package let name: String
    package let value: JSONValue

    package init(_ name: String, _ value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  case null
  case boolean(Bool)
  /// A number by its text, so that no digit is lost.
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([Member])

  /// A whole number.
  package static func integer(_ value: Int) -> JSONValue { .number(String(value)) }

  /// A number, in the fewest digits that give it back; `null` when it is not finite, for which
  /// JSON has no word.
  package static func real(_ value: some BinaryFloatingPoint & LosslessStringConvertible) -> Self {
    value.isFinite ? .number(String(value)) : .null
  }

  /// A number that may not be there; `null` without it.
  package static func real(_ value: Double?) -> Self { value.map { .real($0) } ?? .null }

  /// The value of a member; `nil` for other values and unknown names.
  package subscript(name: String) -> JSONValue? {
    members?.first { $0.name == name }?.value
  }

  /// The members of an object.
  package var members: [Member]? {
    if case .object(let members) = self { members } else { nil }
  }

  /// The elements of an array.
  package var elements: [JSONValue]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  /// The characters of a string.
  package var string: String? {
    if case .string(let string) = self { string } else { nil }
  }

  /// A number that is written as a whole one and fits.
  package var integer: Int? {
    if case .number(let text) = self { Int(text) } else { nil }
  }

  /// A finite number, rounded once from its decimal digits.
  package func real<Number: BinaryFloatingPoint & LosslessStringConvertible>(
    _: Number.Type
  ) -> Number? {
    guard case .number(let text) = self, let value = Number(text), value.isFinite else {
      return nil
    }
    return value
  }
}

extension JSONValue {
  /// The value as text without spaces.
  package var text: String {
    var text = ""
    write(to: &text, indentation: nil, level: 0)
    return text
  }

  /// The value as text for people: a member or element a line, arrays of plain values on one.
  package var indentedText: String {
    var text = ""
    write(to: &text, indentation: "  ", level: 0)
    return text
  }

  private func write(to text: inout String, indentation: String?, level: Int) {
    switch self {
    case .null: text += "null"
    case .boolean(let value): text += value ? "true" : "false"
    case .number(let digits): text += digits
    case .string(let string): Self.writeQuoted(string, to: &text)
    case .array(let elements):
      let isFlat = elements.allSatisfy { $0.members == nil && $0.elements == nil }
      Self.writeList(
        elements, between: ("[", "]"), to: &text, indentation: isFlat ? nil : indentation,
        space: indentation == nil ? "" : " ", level: level
      ) { element, text in element.write(to: &text, indentation: indentation, level: level + 1) }
    case .object(let members):
      Self.writeList(
        members, between: ("{", "}"), to: &text, indentation: indentation, space: "", level: level
      ) { member, text in
        Self.writeQuoted(member.name, to: &text)
        text += indentation == nil ? ":" : ": "
        member.value.write(to: &text, indentation: indentation, level: level + 1)
      }
    }
  }

  private static func writeList<Element>(
    _ list: [Element], between brackets: (String, String), to text: inout String,
    indentation: String?, space: String, level: Int, write: (Element, inout String) -> Void
  ) {
    text += brackets.0
    for (index, element) in list.enumerated() {
      if index > 0 { text += indentation == nil ? "," + space : "," }
      if let indentation { text += "\n" + String(repeating: indentation, count: level + 1) }
      write(element, &text)
    }
    if let indentation, !list.isEmpty {
      text += "\n" + String(repeating: indentation, count: level)
    }
    text += brackets.1
  }

  private static func writeQuoted(_ string: String, to text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{8}": text += "\\b"
      case "\u{c}": text += "\\f"
      case "\0"..<" ": text += "\\u00" + hexadecimal(UInt8(scalar.value))
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
