/// An array of bytes in an IDX file, plain or compressed by gzip.
///
/// The bytes 0, 0, type (8 for unsigned bytes), number of dimensions; the dimensions as
/// big-endian 32-bit numbers; the elements, the last dimension fastest.
///
/// - SeeAlso: LeCun, Cortes & Burges 1998, <http://yann.lecun.com/exdb/mnist/>.
package struct IDXFile {
  /// The most content of a compressed file, which is held in memory; that of Fashion-MNIST is a
  /// twentieth.
  package static let greatestCompressedCount = 1 << 30

  /// The path that the file was opened by.
  package let path: String
  /// The size of each dimension.
  package let dimensions: [Int]
  /// Where the elements are.
  package let source: any ByteSource
  /// The offset of the first element in `source`.
  package let firstOffset: Int

  /// Calls `body` with the elements.
  package func withElements<Result>(
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    try source.withBytes { try body(UnsafeRawBufferPointer(rebasing: $0[firstOffset...])) }
  }

  /// Reads a file of `rank` dimensions.
  ///
  /// Sizes are checked against the file before memory is taken for them.
  ///
  /// - Throws: `DataError` for another type or rank, sizes that are not those of the file, or a
  ///   damaged gzip file.
  package init(path: String, rank: Int) throws {
    self.path = path
    let file = try MappedFile(path: path)
    let headerLength = 4 + 4 * rank
    if GzipReader.isGzip(file.bytes) {
      let reader = try GzipReader(source: file, path: path)
      let header = try ByteBlock(count: headerLength) { header in
        let count = try reader.read(into: header)
        try IDXHeader.requireLength(headerLength, found: count, path: path)
      }
      let parsed = try header.withBytes { try IDXHeader($0, rank: rank, path: path) }
      try parsed.requireGzip(file)
      source = try ByteBlock(count: parsed.count) { elements in
        let count = try reader.read(into: elements)
        try parsed.requireCount(count)
        try reader.finish()
      }
      dimensions = parsed.dimensions
      firstOffset = 0
    } else {
      try IDXHeader.requireLength(headerLength, found: file.bytes.count, path: path)
      let parsed = try IDXHeader(file.bytes, rank: rank, path: path)
      try parsed.requireCount(file.bytes.count - headerLength)
      dimensions = parsed.dimensions
      source = file
      firstOffset = headerLength
    }
  }
}

/// The beginning of an IDX file.
private struct IDXHeader {
  let path: String
  let dimensions: [Int]
  /// The product of the dimensions.
  let count: Int

  init(_ bytes: UnsafeRawBufferPointer, rank: Int, path: String) throws {
    let magic = Array(bytes.prefix(4))
    guard magic == [0, 0, 8, UInt8(rank)] else {
      throw DataError(
        .malformed, path: path,
        expected: "the IDX magic number 00 00 08 0\(rank) (unsigned bytes, rank \(rank))",
        found: magic.map { hexadecimal($0) }.joined(separator: " "))
    }
    var product = 1
    var overflows = false
    dimensions = (0..<rank).map { index in
      let size = bytes.loadUnaligned(fromByteOffset: 4 + 4 * index, as: UInt32.self)
      let dimension = Int(UInt32(bigEndian: size))
      let (result, overflow) = product.multipliedReportingOverflow(by: dimension)
      product = result
      overflows = overflows || overflow
      return dimension
    }
    guard !overflows, product > 0 else {
      throw DataError(
        .malformed, path: path, expected: "sizes whose product is a number of bytes above 0",
        found: dimensions.map(String.init).joined(separator: " × "))
    }
    count = product
    self.path = path
  }

  /// Whether a gzip file can hold the elements: by its length, and by what its last four bytes
  /// say about the length of its content; and whether they may be held in memory.
  func requireGzip(_ file: MappedFile) throws {
    guard count <= IDXFile.greatestCompressedCount else {
      throw DataError(
        .malformed, path: path,
        expected: "a gzip file of at most \(IDXFile.greatestCompressedCount) bytes of content",
        found: "one that claims \(count)", hint: "unpack it first: a plain file may be longer")
    }
    let length = 4 + 4 * dimensions.count + count
    guard length / GzipReader.greatestExpansion <= file.bytes.count, file.bytes.count >= 18 else {
      throw mismatch("a gzip file of \(file.bytes.count) bytes, which cannot hold as many")
    }
    let trailer = file.bytes.loadUnaligned(
      fromByteOffset: file.bytes.count - 4, as: UInt32.self)
    guard UInt32(littleEndian: trailer) == UInt32(truncatingIfNeeded: length) else {
      throw mismatch(
        "a gzip file that ends with a content length of \(UInt32(littleEndian: trailer)) bytes, "
          + "header included")
    }
  }

  func requireCount(_ found: Int) throws {
    guard found == count else { throw mismatch("\(found)") }
  }

  static func requireLength(_ length: Int, found: Int, path: String) throws {
    guard found >= length else {
      throw DataError(
        .malformed, path: path, expected: "an IDX header of \(length) bytes",
        found: "\(found) bytes")
    }
  }

  private func mismatch(_ found: String) -> DataError {
    let sizes = dimensions.map(String.init).joined(separator: " × ")
    return DataError(
      .malformed, path: path, expected: "\(sizes) = \(count) bytes after the header", found: found,
      hint: "get the file again")
  }
}

/// Two hexadecimal digits.
package func hexadecimal(_ byte: UInt8) -> String {
  (byte < 16 ? "0" : "") + String(byte, radix: 16)
}
