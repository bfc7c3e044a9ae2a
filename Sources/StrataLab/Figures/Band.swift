/// How far several numbers over the same number lie apart: the area behind the line of their mean.
package struct Band: Sendable, Hashable {
  /// The two ends over one number; neither has to be finite.
  package struct Value: Sendable, Hashable {
    package let x: Double
    package let low: Double
    package let high: Double

    package init(_ x: Double, low: Double, high: Double) {
      self.x = x
      self.low = low
      self.high = high
    }
  }

  /// The span of a band.
  package enum Kind: Sendable, Hashable, CaseIterable {
    /// From the least to the greatest number.
    case range
    /// One standard deviation to either side of the mean.
    case deviation

    /// The span in words.
    package var text: String {
      switch self {
      case .range: "from the least to the greatest"
      case .deviation: "the mean ± one standard deviation"
      }
    }
  }

  /// The ends, in the order of x.
  package let values: [Value]

  package init(_ values: [Value]) {
    self.values = values
  }

  /// Everything that an axis has to span.
  package var shownNumbers: [Double] { values.flatMap { [$0.low, $0.high] } }

  /// One area for each run of values that have places.
  package func drawing(on axes: Axes, color: String) -> SVGElement {
    let areas = placedRuns(on: axes).map { run in
      let outline = thinned(run.map(\.high)) + thinned(run.map(\.low)).reversed()
      return SVGElement.area(outline, fill: color, opacity: 0.2)
    }
    return areas.count == 1 ? areas[0] : .group(areas)
  }

  /// The places of both ends, cut where one of them has none.
  private func placedRuns(on axes: Axes) -> [[(low: Point, high: Point)]] {
    var runs: [[(low: Point, high: Point)]] = [[]]
    for value in values {
      if let low = axes.point(value.x, value.low), let high = axes.point(value.x, value.high) {
        runs[runs.count - 1].append((low, high))
      } else if runs.last?.isEmpty == false {
        runs.append([])
      }
    }
    return runs.filter { $0.count > 1 }
  }
}

/// The mean of several numbers, and the ends of their band.
struct Spread: Hashable {
  let mean: Double
  let low: Double
  let high: Double

  /// The mean (1/n) Σ x and the least and greatest x, or mean ± √(Σ (x − mean)² / (n − 1)).
  ///
  /// - Precondition: there is a number.
  init(_ numbers: [Double], kind: Band.Kind) {
    let count = Double(numbers.count)
    let mean = numbers.reduce(0) { $0 + $1 / count }
    self.mean = mean
    switch kind {
    case .range:
      // A comparison with a NaN is false, which would hide it.
      let isWhole = numbers.allSatisfy(\.isFinite)
      low = isWhole ? numbers.min() ?? .nan : .nan
      high = isWhole ? numbers.max() ?? .nan : .nan
    case .deviation:
      let squares = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let deviation = numbers.count > 1 ? (squares / (count - 1)).squareRoot() : 0
      low = mean - deviation
      high = mean + deviation
    }
  }
}
