import CLibrary

/// How numbers become places along an axis.
package struct Scale: Sendable, Hashable {
  /// The rule between two ends.
  package enum Kind: Sendable, Hashable {
    /// Equal differences take equal lengths.
    case linear
    /// Equal ratios take equal lengths; only positive numbers have a place.
    case logarithmic
  }

  /// The rule.
  package let kind: Kind
  /// The number at the start and the number at the end of the axis.
  package let domain: ClosedRange<Double>
  /// The place of the first number of the domain.
  package let start: Double
  /// The place of the last number of the domain.
  package let end: Double

  /// Creates a scale; `start` may be greater than `end`, as on a vertical axis of a drawing.
  ///
  /// A domain that the rule cannot show, empty or not positive on a logarithmic axis, is replaced
  /// by one around it that can be shown.
  package init(
    _ kind: Kind = .linear, domain: ClosedRange<Double>, from start: Double, to end: Double
  ) {
    self.kind = kind
    self.domain = kind == .linear ? shownLinear(domain) : shownLogarithmic(domain)
    self.start = start
    self.end = end
  }

  /// The place of a number; `nil` where it has none.
  package func position(of value: Double) -> Double? {
    guard value.isFinite, kind == .linear || value > 0 else { return nil }
    return start + fraction(of: value) * (end - start)
  }

  private func fraction(of value: Double) -> Double {
    switch kind {
    case .linear:
      return (value - domain.lowerBound) / (domain.upperBound - domain.lowerBound)
    case .logarithmic:
      let low = log10(domain.lowerBound)
      return (log10(value) - low) / (log10(domain.upperBound) - low)
    }
  }
}

extension Scale {
  /// The greatest magnitude that is drawn; what is beyond counts as not finite.
  package static let greatestMagnitude = 1e100

  /// Whether a number can be drawn at all.
  package static func isDrawable(_ value: Double) -> Bool {
    abs(value) <= greatestMagnitude
  }

  /// The rule that shows the numbers well: logarithmic where all are positive and the greatest is
  /// more than 1,000 times the least.
  package static func suitableKind(for values: [Double]) -> Kind {
    let values = values.filter(isDrawable)
    guard let least = values.min(), let greatest = values.max(), least > 0 else { return .linear }
    return greatest / least > 1000 ? .logarithmic : .linear
  }

  /// The smallest domain from tick to tick that holds the numbers; 0 to 1 where there are none.
  package static func domain(
    of values: [Double], kind: Kind, ticks maximum: Int
  ) -> ClosedRange<Double> {
    let values = values.filter { isDrawable($0) && (kind == .linear || $0 > 0) }
    guard let least = values.min(), let greatest = values.max() else {
      return kind == .linear ? 0...1 : 0.1...1
    }
    switch kind {
    case .logarithmic:
      let (first, last) = (log10(least).rounded(.down), log10(greatest).rounded(.up))
      return pow(10, first < last ? first : last - 1)...pow(10, last)
    case .linear:
      let shown = shownLinear(least...greatest)
      let step = TickStep(span: shown.upperBound - shown.lowerBound, atMost: maximum)
      let first = (shown.lowerBound / step.value + 1e-9).rounded(.down)
      let last = (shown.upperBound / step.value - 1e-9).rounded(.up)
      return step.multiple(first)...step.multiple(last)
    }
  }
}

extension Scale {
  /// A domain that holds the numbers: as `domain`, but where they span less than two decades of a
  /// logarithmic axis, it ends close to them.
  package static func closeDomain(
    of values: [Double], kind: Kind, ticks maximum: Int
  ) -> ClosedRange<Double> {
    let shown = values.filter { isDrawable($0) && $0 > 0 }
    guard kind == .logarithmic, let least = shown.min(), let greatest = shown.max(),
      greatest / least < 100
    else { return domain(of: values, kind: kind, ticks: maximum) }
    return (least / 1.05)...(greatest * 1.05)
  }
}

/// Widens a domain of (nearly) one number, so that rounding errors do not fill the axis.
private func shownLinear(_ domain: ClosedRange<Double>) -> ClosedRange<Double> {
  let limit = Scale.greatestMagnitude
  guard domain.lowerBound.isFinite, domain.upperBound.isFinite else { return 0...1 }
  let low = min(max(domain.lowerBound, -limit), limit)
  let high = min(max(domain.upperBound, -limit), limit)
  let magnitude = max(abs(low), abs(high))
  if magnitude < 1e-100 { return 0...1 }
  guard high - low < 1e-6 * magnitude else { return low...high }
  let margin = 0.1 * magnitude
  return (low - margin)...(high + margin)
}

private func shownLogarithmic(_ domain: ClosedRange<Double>) -> ClosedRange<Double> {
  let limit = Scale.greatestMagnitude
  let high = domain.upperBound > 0 ? min(max(domain.upperBound, 1 / limit), limit) : 1
  let low = domain.lowerBound > 0 ? min(max(domain.lowerBound, 1 / limit), limit) : high / 10
  return low * 2 > high ? (high / 2)...high : low...high
}
