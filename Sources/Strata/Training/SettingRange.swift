/// The values that a setting may have, and how an error describes them.
package struct SettingRange<Value: Sendable>: Sendable {
  /// What is accepted, as it follows "expected".
  package let expected: String
  /// Whether a value is one of them.
  package let contains: @Sendable (Value) -> Bool

  package init(_ expected: String, contains: @escaping @Sendable (Value) -> Bool) {
    self.expected = expected
    self.contains = contains
  }

  /// Checks a value.
  ///
  /// - Throws: `ConfigurationError` under the setting's name.
  package func require(_ value: Value, as setting: String) throws {
    guard !contains(value) else { return }
    throw ConfigurationError(setting: setting, expected: expected, found: "\(value)")
  }
}

extension SettingRange where Value == Double {
  /// A finite number of single precision, at least 0.
  static var notNegative: SettingRange {
    SettingRange("a finite number of at least 0") { $0 >= 0 && Float($0).isFinite }
  }

  /// A number that `Float` rounds neither to 0 nor to infinity.
  static var positive: SettingRange {
    SettingRange("a number above 0 that is finite and not 0 in single precision") {
      Float($0) > 0 && Float($0).isFinite
    }
  }

  /// The probability of something that must not always happen.
  static var probability: SettingRange {
    SettingRange("a probability from 0 up to, but not including, 1") { (0..<1).contains($0) }
  }

  /// The weight of an old value in a running average of single precision.
  static var decay: SettingRange {
    SettingRange("a number from 0 up to, but not including, 1") { (0..<1).contains(Float($0)) }
  }

  /// A factor that is repeated.
  static var factor: SettingRange {
    SettingRange("a number above 0, at most 1") { 0 < $0 && $0 <= 1 }
  }
}

extension SettingRange where Value == Int {
  /// A number of things, so limited that products of two numbers stay in range.
  static var count: SettingRange {
    SettingRange("a whole number from 1 to \(maximumCount)") { (1...maximumCount).contains($0) }
  }

  /// A number of steps, which may be as great as the product of two counts.
  static var steps: SettingRange { SettingRange("at least 1") { $0 >= 1 } }

  private static var maximumCount: Int { 1_000_000_000 }
}

extension SettingRange where Value == [Int] {
  /// Units of hidden layers.
  static var widths: SettingRange {
    SettingRange(
      "widths from 1 to \(Architecture.maximumWidth), fewer than \(Architecture.maximumDepth) of them"
    ) { widths in
      widths.count < Architecture.maximumDepth
        && widths.allSatisfy { (1...Architecture.maximumWidth).contains($0) }
    }
  }
}

extension SettingRange where Value == Initialization {
  /// A rule, or a standard deviation that weights can be drawn with.
  static var initialization: SettingRange {
    SettingRange("he, xavier or a finite standard deviation of at least 0") { initialization in
      guard case .fixed(let deviation) = initialization else { return true }
      return deviation >= 0 && deviation.isFinite
    }
  }
}

extension SettingRange where Value == Augmentation {
  /// Changes that leave something of an image.
  static var augmentation: SettingRange {
    let maximum = Augmentation.maximumShift
    return SettingRange(
      "shift from 0 to \(maximum) pixels, rotate from 0 to 180 degrees, brightness and contrast "
        + "from 0 to 1"
    ) {
      (0...maximum).contains($0.shift) && (0...180).contains($0.rotation)
        && (0...1).contains($0.brightness) && (0...1).contains($0.contrast)
    }
  }
}
