/// Bytes that stay where they are, in memory or in a mapped file.
public protocol ByteSource: AnyObject, Sendable {
  /// The bytes; valid while the source lives.
  var bytes: UnsafeRawBufferPointer { get }
}

extension ByteSource {
  /// Calls `body` with the bytes, and keeps them until it returns.
  ///
  /// Needed after the last use of a source, which may otherwise be deallocated.
  package func withBytes<Result>(
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    try withExtendedLifetime(self) { try body(bytes) }
  }
}
