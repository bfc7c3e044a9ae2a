import Strata

/// An end of a range, beyond which better values may lie.
package enum RangeEnd: String, Sendable, Hashable, CaseIterable {
  /// The end of the least value.
  case lower
  /// The end of the greatest value.
  case upper
}

extension SearchRange {
  /// The number at an end.
  func bound(at end: RangeEnd) -> Double {
    end == .lower ? bounds.lowerBound : bounds.upperBound
  }

  /// The ends of which a value lies within half of the spacing between `points` numbers, but no more than a
  /// tenth of the span: of few numbers, each would else lie at an end.
  func ends(near value: Double, points: Int) -> [RangeEnd] {
    let margin = min(spacing(between: points) / 2, spacing(between: 2) / 10)
    return RangeEnd.allCases.filter { end in
      abs(scale.coordinate(of: bound(at: end)) - scale.coordinate(of: value)) <= margin
    }
  }

  /// A number beyond an end: half of the range's span away on its scale, or half of that, or half
  /// again, until the setting takes it; `nil` where it takes none.
  func number(beyond end: RangeEnd, of key: RecipeKey) -> Double? {
    let bound = bound(at: end)
    var step = spacing(between: 2) / 2
    for _ in 0..<10 {
      let sign: Double = end == .lower ? -1 : 1
      let number = rounded(scale.coordinate(of: bound) + sign * step)
      let isBeyond = end == .lower ? number < bound : number > bound
      if isBeyond, isPossible(number), key.accepts(text(of: number)) { return number }
      step /= 2
    }
    return nil
  }

  /// Whether a number can be one of a range of this kind.
  private func isPossible(_ number: Double) -> Bool {
    number.isFinite && (scale == .linear || number > 0)
      && (!isWhole || abs(number) <= Self.greatestWhole)
  }

  /// The same range with other ends.
  func with(lower: Double?, upper: Double?) -> SearchRange {
    let low = lower ?? bounds.lowerBound
    return SearchRange(scale, low...max(low, upper ?? bounds.upperBound), isWhole: isWhole)
  }
}
