import Glibc

/// A marked number on an axis.
package struct Tick: Sendable, Hashable {
  /// The number.
  package let value: Double
  /// How it is written.
  package let label: String
}

/// A distance between ticks: 1, 2 or 5 times a power of ten.
package struct TickStep: Sendable, Hashable {
  /// 1, 2 or 5.
  package let factor: Int
  /// The power of ten.
  package let exponent: Int

  /// The smallest step that divides `span` into at most `maximum` parts; at least 1 where only
  /// whole numbers can be marked.
  ///
  /// After Heckbert 1990, "Nice numbers for graph labels" (Graphics Gems, p. 61): people read
  /// steps of 1, 2 and 5 most easily.
  ///
  /// - Precondition: `span` is positive and finite.
  package init(span: Double, atMost maximum: Int, isWhole: Bool = false) {
    let least = max(span / Double(max(1, maximum)), isWhole ? 1 : 0)
    var exponent = Int(log10(least).rounded(.down))
    let scaled = least / power(exponent)
    let tolerance = 1 + 1e-9
    if scaled <= tolerance {
      factor = 1
    } else if scaled <= 2 * tolerance {
      factor = 2
    } else if scaled <= 5 * tolerance {
      factor = 5
    } else {
      factor = 1
      exponent += 1
    }
    self.exponent = exponent
  }

  /// The step as a number.
  package var value: Double { multiple(1) }

  /// `count` steps: the number nearest to the decimal fraction that is written at the tick.
  package func multiple(_ count: Double) -> Double {
    exponent < 0
      ? count * Double(factor) / power(-exponent) : count * Double(factor) * power(exponent)
  }
}

extension Scale {
  /// The ticks inside the domain, with at most `maximum` steps between them, at whole numbers
  /// only where the axis counts something.
  package func ticks(atMost maximum: Int, isWhole: Bool = false) -> [Tick] {
    switch kind {
    case .linear: linearTicks(atMost: maximum, isWhole: isWhole)
    case .logarithmic: logarithmicTicks(atMost: maximum)
    }
  }

  private func linearTicks(atMost maximum: Int, isWhole: Bool) -> [Tick] {
    let span = domain.upperBound - domain.lowerBound
    let step = TickStep(span: span, atMost: maximum, isWhole: isWhole)
    let first = (domain.lowerBound / step.value - 1e-9).rounded(.up)
    let last = (domain.upperBound / step.value + 1e-9).rounded(.down)
    guard first <= last, last - first <= Double(maximum) + 1 else { return [] }
    let greatest = max(abs(domain.lowerBound), abs(domain.upperBound))
    return stride(from: first, through: last, by: 1).map { count in
      let value = step.multiple(count) + 0  // no negative zero
      return Tick(value: value, label: step.label(of: value, greatest: greatest))
    }
  }

  /// Powers of ten, every second or third where there are many; numbers between where there are few.
  private func logarithmicTicks(atMost maximum: Int) -> [Tick] {
    let first = Int((log10(domain.lowerBound) - 1e-9).rounded(.up))
    let last = Int((log10(domain.upperBound) + 1e-9).rounded(.down))
    let decades = last - first + 1
    if decades < 3 { return fineTicks((first - 1)...(last + 1)) }
    let every = max(1, (decades + maximum - 1) / max(1, maximum))
    return stride(from: last, through: first, by: -every).reversed().map {
      Tick(value: power($0), label: "10" + superscript($0))
    }
  }

  /// The coarsest ticks that are three or more, else the finest.
  private func fineTicks(_ decades: ClosedRange<Int>) -> [Tick] {
    let (low, high) = (domain.lowerBound * (1 - 1e-9), domain.upperBound * (1 + 1e-9))
    let choices = tickLadders.map { ladder in
      let numbers = decades.flatMap { exponent in ladder.map { $0 * power(exponent) } }
      return numbers.filter { low <= $0 && $0 <= high }
    }
    let values = choices.first { $0.count >= 3 } ?? choices.last ?? []
    return values.map { Tick(value: $0, label: axisText($0)) }
  }
}

/// What is marked of a decade, the coarsest first.
private let tickLadders: [[Double]] = [
  [1, 2, 5], [1, 1.5, 2, 3, 4, 5, 7],
  [1, 1.2, 1.4, 1.6, 1.8, 2, 2.5, 3, 3.5, 4, 4.5, 5, 6, 7, 8, 9],
]

extension TickStep {
  /// All ticks of an axis get as many decimals as the step has, or all a power of ten.
  fileprivate func label(of value: Double, greatest: Double) -> String {
    if greatest >= 1e7 || exponent < -5 {
      if value == 0 { return "0" }
      let shared = Int(log10(greatest).rounded(.down))
      let decimals = min(max(0, shared - exponent), 9)
      let mantissa = fixedText(value / power(shared), decimals: decimals)
      return typographic(mantissa) + "×10" + superscript(shared)
    }
    return typographic(fixedText(value, decimals: max(0, -exponent)))
  }
}

/// A number at a tick with the digits that it needs, four at most: `0`, `0.02`, `1.5`, `2×10⁻⁷`.
package func axisText(_ value: Double) -> String {
  guard Scale.isDrawable(value), abs(value) >= 1 / Scale.greatestMagnitude else { return "0" }
  let digits = (1..<4).first { digits in
    let scaled = decimalParts(value, digits: digits).mantissa * power(digits - 1)
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

private func power(_ exponent: Int) -> Double { pow(10, Double(exponent)) }
