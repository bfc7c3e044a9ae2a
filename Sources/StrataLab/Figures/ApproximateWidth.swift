/// About how wide a line of text is in a common sans-serif font, in user units.
///
/// Fonts differ by a tenth or more, and the reader's is unknown; this is meant for leaving room.
package func approximateWidth(_ text: String, size: Double) -> Double {
  text.reduce(0) { $0 + approximateAdvance($1) } * size
}

/// The text, or what fits of its beginning and its end, with an ellipsis between them.
package func fitted(_ text: String, width: Double, size: Double) -> String {
  guard approximateWidth(text, size: size) > width else { return text }
  let room = max(0, width / size - approximateAdvance("…"))
  let head = beginning(of: Array(text), width: 0.6 * room)
  let tail = beginning(of: text.reversed(), width: room - approximateWidth(String(head), size: 1))
  return String(head) + "…" + String(tail.reversed())
}

private func beginning(of characters: [Character], width: Double) -> ArraySlice<Character> {
  var used = 0.0
  return characters.prefix { character in
    used += approximateAdvance(character)
    return used <= width
  }
}

/// The text in lines of at most about `width`, broken at blanks.
package func wrapped(_ text: String, width: Double, size: Double) -> [String] {
  var lines: [String] = []
  for word in text.split(separator: " ") {
    if let last = lines.last,
      approximateWidth(last + " " + word, size: size) <= width
    {
      lines[lines.count - 1] += " " + word
    } else {
      lines.append(fitted(String(word), width: width, size: size))
    }
  }
  return lines
}

/// The share of the font size that a character moves the pen on.
private func approximateAdvance(_ character: Character) -> Double {
  switch displayWidth(character) {
  case 0: return 0
  case 2: return 1.05
  default: break
  }
  switch character {
  case "i", "j", "l", "I", "f", "t", "r", " ", ".", ",", ":", ";", "|", "'", "!", "(", ")", "-":
    return 0.34
  case "m", "…", "w", "M", "W", "@", "%": return 0.9
  default: return character.isUppercase ? 0.7 : 0.58
  }
}
