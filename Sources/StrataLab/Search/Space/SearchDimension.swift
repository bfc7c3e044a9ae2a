import Strata

/// A setting that a search varies, and the values that it may take.
package struct SearchDimension: Sendable, Hashable {
  /// The values of a setting.
  package enum Values: Sendable, Hashable {
    /// Numbers between two ends.
    case range(SearchRange)
    /// Values that are listed, as they are written.
    case choices([String])
  }

  /// The setting.
  package let key: RecipeKey
  /// What it may be.
  package let values: Values

  package init(_ key: RecipeKey, _ values: Values) {
    self.key = key
    self.values = values
  }

  /// The range; `nil` for a list of choices.
  package var range: SearchRange? {
    if case .range(let range) = values { range } else { nil }
  }

  /// A value at random.
  func draw(using stream: inout RandomStream) -> String {
    switch values {
    case .range(let range): range.text(of: range.draw(using: &stream))
    case .choices(let choices): choices[stream.integer(below: choices.count)]
    }
  }

  /// Every choice, or `count` points of the range.
  func grid(_ count: Int) -> [String] {
    switch values {
    case .range(let range): range.points(count).map(range.text)
    case .choices(let choices): choices
    }
  }
}

extension SearchDimension: CustomStringConvertible {
  /// The dimension as it is typed: `lambda=log:1.0e-5..0.1`, `hidden=50|50,50`.
  package var description: String {
    switch values {
    case .range(let range): "\(key.rawValue)=\(range)"
    case .choices(let choices): "\(key.rawValue)=\(choices.joined(separator: "|"))"
    }
  }
}
