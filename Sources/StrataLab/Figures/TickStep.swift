import CLibrary

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
    let scaled = least / powerOfTen(exponent)
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
      ? count * Double(factor) / powerOfTen(-exponent)
      : count * Double(factor) * powerOfTen(exponent)
  }

  /// All ticks of an axis get as many decimals as the step has, or all a power of ten.
  func label(of value: Double, greatest: Double) -> String {
    if greatest >= 1e7 || exponent < -5 {
      if value == 0 { return "0" }
      let shared = Int(log10(greatest).rounded(.down))
      let decimals = min(max(0, shared - exponent), 9)
      let mantissa = fixedText(value / powerOfTen(shared), decimals: decimals)
      return typographic(mantissa) + "×10" + superscript(shared)
    }
    return typographic(fixedText(value, decimals: max(0, -exponent)))
  }
}

/// 10 to the power of a whole number.
func powerOfTen(_ exponent: Int) -> Double { pow(10, Double(exponent)) }
