/// The bytes of a safetensors file, in memory or still on the disk.
///
/// Files are read, not mapped: truncating one meanwhile is an error.
enum SafetensorsSource: Sendable {
  case memory(ByteBlock)
  case file(OpenFile)

  /// All bytes.
  var count: Int {
    switch self {
    case .memory(let block): block.bytes.count
    case .file(let file): file.count
    }
  }

  /// Calls `body` with the bytes of a range.
  ///
  /// - Throws: `DataError` when they cannot be read.
  func withBytes<Result>(
    _ range: Range<Int>, _ body: (UnsafeRawBufferPointer) throws -> Result
  ) throws -> Result {
    switch self {
    case .memory(let block):
      try block.withBytes { try body(UnsafeRawBufferPointer(rebasing: $0[range])) }
    case .file(let file): try file.read(range).withBytes(body)
    }
  }

  /// The SHA-256 of the bytes of a range, which are taken a piece at a time.
  ///
  /// - Throws: `DataError` when they cannot be read.
  func sha256(_ range: Range<Int>) throws -> String {
    let pieceLength = 1 << 20
    var hash = SHA256()
    for start in stride(from: range.lowerBound, to: range.upperBound, by: pieceLength) {
      try withBytes(start..<min(start + pieceLength, range.upperBound)) { hash.update($0) }
    }
    return hash.hexadecimal()
  }
}
