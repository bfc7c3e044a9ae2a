/// Text as one line that is safe on a terminal: control characters, which could move the cursor
/// or hide text, become U+FFFD.
package func printableLine(_ text: String) -> String {
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    let category = scalar.properties.generalCategory
    let isControl = category == .control || category == .lineSeparator
    result.append(isControl || category == .paragraphSeparator ? "\u{FFFD}" : scalar)
  }
  return String(result)
}

/// The columns that text takes on a terminal: 0 for combining marks, 2 for wide characters.
///
/// The wide ranges are those of East Asian Width W and F that hold letters (Unicode Annex 11).
package func displayWidth(_ text: String) -> Int {
  text.reduce(0) { $0 + displayWidth($1) }
}

/// The columns of one character, which may be several scalars.
package func displayWidth(_ character: Character) -> Int {
  guard let scalar = character.unicodeScalars.first else { return 0 }
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .format, .control: return 0
  default: break
  }
  if scalar.properties.isEmojiPresentation { return 2 }
  return wideRanges.contains { $0.contains(scalar.value) } ? 2 : 1
}

/// The longest beginning of `text` that takes at most `columns`, with an ellipsis where it was cut.
package func clipped(_ text: String, columns: Int) -> String {
  guard displayWidth(text) > columns else { return text }
  guard columns > 0 else { return "" }
  var result = ""
  var width = 1  // of the ellipsis
  for character in text {
    width += displayWidth(character)
    if width > columns { break }
    result.append(character)
  }
  return result + "…"
}

private let wideRanges: [ClosedRange<UInt32>] = [
  0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3,
  0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F,
  0x1F900...0x1F9FF, 0x20000...0x3FFFD,
]
