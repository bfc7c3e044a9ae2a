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
