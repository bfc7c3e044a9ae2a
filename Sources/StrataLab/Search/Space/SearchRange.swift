import Foundation
package import Strata

/// How the values of a setting are spread over a range.
package enum SearchScale: String, Sendable, Hashable, CaseIterable {
  /// Equal differences are equally likely.
  case linear
  /// Equal ratios are equally likely: log₁₀ of the value is spread evenly.
  case log

  /// Where a value lies on the scale: itself, or its log₁₀.
  package func coordinate(of value: Double) -> Double { self == .linear ? value : log10(value) }

  /// The value at a place of the scale.
  func value(at coordinate: Double) -> Double {
    self == .linear ? coordinate : pow(10, coordinate)
  }
}

/// The numbers from which the value of a setting is taken.
///
/// Numbers that are not whole have six significant digits, so that what a table shows repeats
/// the trial.
package struct SearchRange: Sendable, Hashable {
  /// How the numbers are spread.
  package let scale: SearchScale
  /// The least and the greatest number; positive on a logarithmic scale.
  package let bounds: ClosedRange<Double>
  /// Whether only whole numbers are taken.
  package let isWhole: Bool

  package init(_ scale: SearchScale, _ bounds: ClosedRange<Double>, isWhole: Bool) {
    self.scale = scale
    self.bounds = bounds
    self.isWhole = isWhole
  }

  /// Up to here, every whole number is a `Double`.
  static let greatestWhole = 0x1p53

  /// A number at random, evenly spread over the scale; each whole number of a linear range is
  /// equally likely.
  package func draw(using stream: inout RandomStream) -> Double {
    // A whole number stands for all that round to it, those at the ends too.
    let margin = isWhole ? 0.5 : 0
    let low = scale.coordinate(of: bounds.lowerBound - margin)
    let high = scale.coordinate(of: bounds.upperBound + margin)
    return value(at: low + stream.uniform() * (high - low))
  }

  /// `count` numbers at equal distances on the scale, the ends included; fewer where several of
  /// them are the same whole number.
  package func points(_ count: Int) -> [Double] {
    let low = scale.coordinate(of: bounds.lowerBound)
    let step = spacing(between: count)
    let values = (0..<max(1, count)).map { value(at: low + Double($0) * step) }
    return values.reduce(into: []) { if $0.last != $1 { $0.append($1) } }
  }

  /// The distance on the scale between neighbours of `count` numbers.
  func spacing(between count: Int) -> Double {
    let span =
      scale.coordinate(of: bounds.upperBound) - scale.coordinate(of: bounds.lowerBound)
    return span / Double(max(1, count - 1))
  }

  /// The part of the range from the least to the greatest of `values`, with `margin` on the scale
  /// on either side of it.
  ///
  /// - Precondition: there is a value, and each lies in the range.
  func part(around values: [Double], margin: Double) -> SearchRange {
    let coordinates = values.map(scale.coordinate)
    guard let least = coordinates.min(), let greatest = coordinates.max() else {
      preconditionFailure("no value")
    }
    let low = value(at: least - margin)
    return SearchRange(scale, low...max(low, value(at: greatest + margin)), isWhole: isWhole)
  }

  /// How a number of the range is written.
  package func text(of value: Double) -> String {
    isWhole ? "\(Int(value))" : decimalText(value)
  }

  /// The number at a place of the scale, rounded and put into the bounds.
  private func value(at coordinate: Double) -> Double {
    min(max(rounded(coordinate), bounds.lowerBound), bounds.upperBound)
  }

  /// The number at a place of the scale, rounded.
  func rounded(_ coordinate: Double) -> Double {
    let exact = scale.value(at: coordinate)
    return isWhole ? exact.rounded() : sixDigits(exact)
  }
}

extension SearchRange: CustomStringConvertible {
  /// The range as it is typed: `log:1.0e-5..0.1`.
  package var description: String {
    "\(scale.rawValue):\(text(of: bounds.lowerBound))..\(text(of: bounds.upperBound))"
  }
}

/// The number with six significant decimal digits that is nearest.
private func sixDigits(_ value: Double) -> Double {
  Double(String(format: "%.5e", value)) ?? value
}
