/// The value of a setting as it is written to a recipe or to a model file.
package enum SettingValue: Sendable, Hashable {
  /// A number or a truth value.
  case plain(String)
  /// A word or a path.
  case text(String)
  /// Numbers in order.
  case list([Int])

  /// The value in YAML.
  package var yaml: String {
    switch self {
    case .plain(let text): text
    case .text(let text): Self.isSafe(text) ? text : quoted(text)
    case .list(let numbers): "[" + numbers.map(String.init).joined(separator: ", ") + "]"
    }
  }

  /// The value in JSON.
  package var json: String {
    if case .text(let text) = self { quoted(text) } else { yaml }
  }

  /// The value as it is typed on the command line.
  package var option: String {
    switch self {
    case .plain(let text), .text(let text): text
    case .list(let numbers): numbers.map(String.init).joined(separator: ",")
    }
  }

  /// Whether every reader of YAML takes the bare word for that word.
  private static func isSafe(_ text: String) -> Bool {
    guard let first = text.utf8.first, first == UInt8(ascii: "/") || isLetter(first) else {
      return false
    }
    let isPlain = text.utf8.allSatisfy { byte in
      isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || "/._-".utf8.contains(byte)
    }
    return isPlain
      && !["true", "false", "yes", "no", "on", "off", "null", "y", "n"]
        .contains(text.lowercased())
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}

/// A string between quotes, in the escapes that JSON and YAML share.
///
/// `&` and `*` are escaped too: the reader refuses what looks like an anchor or an alias.
private func quoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"", "\\": result += "\\\(scalar)"
    case "&", "*", "\0"..<" ", "\u{7F}"..."\u{9F}":
      let digits = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}
