import Crypto
package import Strata

/// The digests by which files are recognized.
package enum Digest: String, Sendable, Hashable {
  /// SHA-256 (FIPS 180-4).
  case sha256 = "SHA-256"
  /// MD5 (RFC 1321), which some official sums are given in; no protection against forgery.
  case md5 = "MD5"

  /// The digest of some bytes, in hexadecimal digits.
  package func hexadecimal(of bytes: UnsafeRawBufferPointer) -> String {
    switch self {
    case .sha256: text(of: SHA256.self) { $0.update(bufferPointer: bytes) }
    case .md5: text(of: Insecure.MD5.self) { $0.update(bufferPointer: bytes) }
    }
  }

  /// The digest of a text in UTF-8, in hexadecimal digits.
  package func hexadecimal(of text: String) -> String {
    Array(text.utf8).withUnsafeBytes { hexadecimal(of: $0) }
  }

  /// The digest of a file, in hexadecimal digits.
  ///
  /// - Throws: `DataError` when the file cannot be read or is empty.
  package func hexadecimal(ofFile path: String) throws -> String {
    try MappedFile(path: path).withBytes { hexadecimal(of: $0) }
  }
}

extension DatasetPair {
  /// The SHA-256 of the training labels, training rows, test labels and test rows, row by row.
  ///
  /// It depends on what is learned from alone, not on the kind of file that it came in. Labels are
  /// bytes for up to 256 classes, else little-endian numbers of two bytes; floats are little-endian,
  /// after the word `float32`.
  package func sha256() -> String {
    text(of: SHA256.self) { hasher in
      for dataset in [training, test] {
        updateWithLabels(&hasher, of: dataset)
        if dataset.rows.element == .float {
          Array("float32".utf8).withUnsafeBytes { hasher.update(bufferPointer: $0) }
        }
        for segment in dataset.rows.segments {
          update(&hasher, with: segment, rowLength: dataset.rows.rowLength)
        }
      }
    }
  }
}

private func updateWithLabels(_ hasher: inout SHA256, of dataset: Dataset) {
  let bytes: [UInt8] =
    dataset.classNames.count <= 256
    ? dataset.labels.map { UInt8($0) }
    : dataset.labels.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
  bytes.withUnsafeBytes { hasher.update(bufferPointer: $0) }
}

private func update(
  _ hasher: inout SHA256, with segment: DataRows.Segment, rowLength: Int
) {
  segment.source.withBytes { bytes in
    for row in 0..<segment.count {
      let start = segment.firstOffset + row * segment.stride
      hasher.update(
        bufferPointer: UnsafeRawBufferPointer(rebasing: bytes[start..<(start + rowLength)]))
    }
  }
}

private func text<Hasher: HashFunction>(
  of _: Hasher.Type, _ update: (inout Hasher) -> Void
) -> String {
  var hasher = Hasher()
  update(&hasher)
  return hasher.finalize().map { hexadecimal($0) }.joined()
}
