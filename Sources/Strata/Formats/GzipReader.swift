import CZlib

/// The inflated bytes of a gzip file, a piece at a time.
///
/// One member is read, its CRC-32 and length are checked, and nothing may follow it.
///
/// - SeeAlso: RFC 1952.
package final class GzipReader {
  private let source: any ByteSource
  private let path: String
  // On the heap: zlib keeps a pointer to it.
  private let stream: UnsafeMutablePointer<z_stream>
  private var position = 0
  private var isAtEnd = false

  /// DEFLATE cannot make one byte out of less than 1/1032 byte (zlib's technical notes).
  package static let greatestExpansion = 1032

  /// Starts reading.
  ///
  /// - Throws: `DataError` when the bytes do not start like a gzip file.
  package init(source: any ByteSource, path: String) throws {
    self.source = source
    self.path = path
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let gzipOnly: Int32 = 16 + MAX_WBITS
    let status = inflateInit2_(
      stream, gzipOnly, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else {
      throw DataError(
        .inputOutput, path: path, expected: "zlib to start", found: "zlib status \(status)")
    }
    guard GzipReader.isGzip(source.bytes) else {
      throw malformed("another beginning", expected: "a gzip file (bytes 1f 8b)")
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deinitialize(count: 1)
    stream.deallocate()
  }

  /// Whether the bytes start like a gzip file.
  package static func isGzip(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.count >= 2 && bytes[0] == 0x1f && bytes[1] == 0x8b
  }

  /// Fills `buffer` with the next bytes; fewer only where the content ends.
  ///
  /// - Returns: the number of bytes written.
  /// - Throws: `DataError` for a file that is cut off, damaged, or goes on behind its end.
  package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    var filled = 0
    while filled < buffer.count && !isAtEnd {
      filled += try step(into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
    }
    return filled
  }

  /// Checks that the content ends here.
  package func finish() throws {
    var extra: UInt8 = 0
    let count = try withUnsafeMutableBytes(of: &extra) { try read(into: $0) }
    guard count == 0 else {
      let expected = "content that ends after \(stream.pointee.total_out - 1) bytes"
      throw malformed("more", expected: expected)
    }
  }

  private func step(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let pieceLimit = 1 << 30  // zlib counts in 32 bits
    let input = source.bytes[position...].prefix(pieceLimit)
    let inputCount = input.count
    let outputCount = min(buffer.count, pieceLimit)
    guard inputCount > 0 else {
      throw malformed(
        "a file truncated after \(source.bytes.count) bytes",
        expected: "a whole gzip file")
    }
    let start = UnsafeRawBufferPointer(rebasing: input).assumingMemoryBound(to: UInt8.self)
    stream.pointee.next_in = UnsafeMutablePointer(mutating: start.baseAddress)
    stream.pointee.avail_in = UInt32(inputCount)
    stream.pointee.next_out = buffer.assumingMemoryBound(to: UInt8.self).baseAddress
    stream.pointee.avail_out = UInt32(outputCount)
    let status = inflate(stream, Z_NO_FLUSH)
    position += inputCount - Int(stream.pointee.avail_in)
    let written = outputCount - Int(stream.pointee.avail_out)
    switch status {
    case Z_STREAM_END:
      isAtEnd = true
      let rest = source.bytes.count - position
      guard rest == 0 else {
        throw malformed("\(rest) bytes after its end", expected: "one gzip member")
      }
    case Z_OK: break
    default:
      let reason = stream.pointee.msg.map { String(cString: $0) } ?? "zlib status \(status)"
      throw malformed("“\(reason)” at byte \(position)", expected: "undamaged gzip content")
    }
    return written
  }

  private func malformed(_ found: String, expected: String) -> DataError {
    DataError(
      .malformed, path: path, expected: expected, found: found, hint: "get the file again")
  }
}
