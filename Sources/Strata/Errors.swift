/// A setting that no network or run can be built from.
///
/// Thrown before anything is trained or written.
public struct ConfigurationError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The setting, in the words of the command's options, for example `hidden`.
  public let setting: String
  /// The accepted values.
  public let expected: String
  /// The given value.
  public let found: String
  /// Advice, a clause without a full stop; may be empty.
  public let hint: String

  /// Creates the error from its parts.
  public init(setting: String, expected: String, found: String, hint: String = "") {
    self.setting = setting
    self.expected = expected
    self.found = found
    self.hint = hint
  }

  /// One sentence for a person.
  public var description: String {
    "\(setting): expected \(expected), found \(found)" + (hint.isEmpty ? "." : "; \(hint).")
  }
}

/// A file or data set that cannot be used.
public struct DataError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The three ways in which a file disappoints, which the command turns into exit codes.
  public enum Kind: Sendable, Hashable {
    /// There is no such file or data set.
    case notFound
    /// The bytes violate the format.
    case malformed
    /// The operating system refused to read or write.
    case inputOutput
  }

  /// The kind of error.
  public let kind: Kind
  /// The file, folder or data set.
  public let path: String
  /// The expectation of the format or the caller.
  public let expected: String
  /// The actual content.
  public let found: String
  /// Advice, a clause without a full stop; may be empty.
  public let hint: String
  /// The number by which the operating system names its reason; `nil` where it has none.
  package internal(set) var systemNumber: Int32?

  /// Creates the error from its parts.
  public init(_ kind: Kind, path: String, expected: String, found: String, hint: String = "") {
    self.kind = kind
    self.path = path
    self.expected = expected
    self.found = found
    self.hint = hint
  }

  /// One sentence for a person.
  public var description: String {
    "\(path): expected \(expected), found \(found)" + (hint.isEmpty ? "." : "; \(hint).")
  }
}

/// The first non-finite number of a run, which ends it.
public struct DivergenceError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The update step at which it appeared, counted from 0.
  public let step: Int
  /// The layer, counted from 0 as in the model file; `nil` outside layers.
  public let layer: Int?
  /// The tensor: a parameter such as `linear.weight`; its gradient, `linear.weight.gradient`, where
  /// the optimizer keeps it, or `velocity`, `mean` or `square` in its place; `output`, or
  /// `output.gradient`; a running statistic; a measurement, without a layer.
  public let tensor: String

  /// Creates the error from its parts.
  public init(step: Int, layer: Int?, tensor: String) {
    self.step = step
    self.layer = layer
    self.tensor = tensor
  }

  /// One sentence for a person.
  public var description: String {
    let place = layer.map { "layers.\($0).\(tensor)" } ?? tensor
    let advice =
      step == 0 ? "try a smaller init or other initial-weights" : "try a smaller eta-max or eta"
    return "training diverged at update step \(step): expected finite numbers, found NaN or "
      + "infinity in \(place); \(advice), or a smaller lambda if it is large."
  }
}
