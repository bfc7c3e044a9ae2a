package import Strata

extension SHA256 {
  /// The digest of a text in UTF-8, in hexadecimal digits.
  package static func hexadecimal(of text: String) -> String {
    Array(text.utf8).withUnsafeBytes { hexadecimal(of: $0) }
  }

  /// The digest of a file, in hexadecimal digits.
  ///
  /// - Throws: `DataError` when the file cannot be read or is empty.
  package static func hexadecimal(ofFile path: String) throws -> String {
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
    var hash = SHA256()
    for dataset in [training, test] {
      updateWithLabels(&hash, of: dataset)
      if dataset.rows.element == .float {
        Array("float32".utf8).withUnsafeBytes { hash.update($0) }
      }
      for segment in dataset.rows.segments {
        update(&hash, with: segment, rowLength: dataset.rows.rowLength)
      }
    }
    return hash.hexadecimal()
  }
}

private func updateWithLabels(_ hash: inout SHA256, of dataset: Dataset) {
  let bytes: [UInt8] =
    dataset.classNames.count <= 256
    ? dataset.labels.map { UInt8($0) }
    : dataset.labels.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
  bytes.withUnsafeBytes { hash.update($0) }
}

private func update(
  _ hash: inout SHA256, with segment: DataRows.Segment, rowLength: Int
) {
  segment.source.withBytes { bytes in
    for row in 0..<segment.count {
      let start = segment.firstOffset + row * segment.stride
      hash.update(UnsafeRawBufferPointer(rebasing: bytes[start..<(start + rowLength)]))
    }
  }
}
