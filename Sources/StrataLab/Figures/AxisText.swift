/// A number at a tick with the digits that it needs, four at most: `0`, `0.02`, `1.5`, `2×10⁻⁷`.
package func axisText(_ value: Double) -> String {
  guard Scale.isDrawable(value), abs(value) >= 1 / Scale.greatestMagnitude else { return "0" }
  let digits = (1..<4).first { digits in
    let scaled = decimalParts(value, digits: digits).mantissa * powerOfTen(digits - 1)
    return abs(scaled - scaled.rounded()) <= 1e-6 * abs(scaled)
  }
  return (0.0099..<1e6).contains(abs(value))
    ? typographic(significantText(value, digits: digits ?? 4))
    : scientificText(value, digits: digits ?? 4)
}

/// A number as people write powers of ten: `1.7×10⁻⁵`, `10⁻³`.
///
/// - Precondition: `value` is finite and not 0.
package func scientificText(_ value: Double, digits: Int) -> String {
  let (mantissa, exponent) = decimalParts(value, digits: digits)
  let factor = typographic(fixedText(mantissa, decimals: digits - 1))
  return (mantissa == 1 || digits == 1 && factor == "1" ? "" : factor + "×") + "10"
    + superscript(exponent)
}

/// Text with a minus sign in place of the hyphen.
func typographic(_ number: String) -> String {
  number.hasPrefix("-") ? "−" + number.dropFirst() : number
}

/// A whole number in superscript digits.
package func superscript(_ number: Int) -> String {
  let digits: [Character: Character] = [
    "-": "⁻", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷",
    "8": "⁸", "9": "⁹",
  ]
  return String(String(number).map { digits[$0] ?? $0 })
}
