/// Bytes that stay where they are, in memory or in a mapped file.
public protocol ByteSource: AnyObject, Sendable {
  /// The bytes; valid while the source lives.
  var bytes: UnsafeRawBufferPointer { get }
}

extension ByteSource {
  /// Calls `body` with the bytes, and keeps them until it returns.
  ///
  /// Needed wherever the source is not used again: an object may be gone after its last use.
  package func withBytes<Result>(
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    try withExtendedLifetime(self) { try body(bytes) }
  }
}
