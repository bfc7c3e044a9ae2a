import CLibrary

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
      Tick(value: powerOfTen($0), label: "10" + superscript($0))
    }
  }

  /// The coarsest ticks that are three or more, else the finest.
  private func fineTicks(_ decades: ClosedRange<Int>) -> [Tick] {
    let (low, high) = (domain.lowerBound * (1 - 1e-9), domain.upperBound * (1 + 1e-9))
    let choices = tickLadders.map { ladder in
      let numbers = decades.flatMap { exponent in ladder.map { $0 * powerOfTen(exponent) } }
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
