import Strata

extension Recipe {
  /// Applies options of the command line, which win over a recipe file.
  ///
  /// `epochs` and `step-size` both fix the length of a cyclical run; what is given here replaces
  /// what the file says of it.
  ///
  /// - Throws: `ConfigurationError` for a text that is no value of its setting, and for an option
  ///   that the schedule does not use.
  package mutating func apply(options: [(key: RecipeKey, text: String)]) throws {
    let keys = Set(options.map(\.key))
    if keys.contains(.epochs) { stepSize = nil }
    if keys.contains(.stepSize) { epochs = nil }
    for (key, text) in options { try set(key, to: text) }
    for key in keys.sorted(by: { $0.rawValue < $1.rawValue }) where !key.isUsed(by: schedule) {
      throw ConfigurationError(
        setting: key.rawValue, expected: "no value with the schedule \(schedule.rawValue)",
        found: value(of: key)?.option ?? "none",
        hint: "remove \(key.rawValue) or choose another schedule")
    }
  }

  /// Checks what can be checked before any data is read.
  ///
  /// - Throws: `ConfigurationError` for settings that contradict each other.
  package func check() throws {
    if schedule != .constant, etaMinimum > etaMaximum {
      throw ConfigurationError(
        setting: "eta-min", expected: "at most eta-max, which is \(decimalText(etaMaximum))",
        found: decimalText(etaMinimum))
    }
    if isNormalized, batchSize == 1 {
      throw ConfigurationError(
        setting: "batch-size", expected: "at least 2 with batch normalization", found: "1",
        hint: "raise batch-size or set batch-norm to none")
    }
  }

  /// Checks the batches that a training part of `count` images falls into.
  ///
  /// - Throws: `ConfigurationError` for a batch larger than the part, and for a last batch of one
  ///   image with batch normalization, whose variance is 0.
  func checkBatches(of count: Int) throws {
    guard batchSize <= count else {
      throw ConfigurationError(
        setting: "batch-size", expected: "at most \(count), the images of the training part",
        found: "\(batchSize)", hint: "lower batch-size or raise train")
    }
    guard !isNormalized || count % batchSize != 1 else {
      throw ConfigurationError(
        setting: "batch-size",
        expected: "a last batch of at least 2 images with batch normalization",
        found: "1 (\(count) training images in batches of \(batchSize))",
        hint: "change batch-size or train by one, or set batch-norm to none")
    }
  }

  private var isNormalized: Bool { batchNormalization != .none && !hidden.isEmpty }
}
