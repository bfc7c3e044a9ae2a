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
