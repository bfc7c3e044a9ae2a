/// The official binary files of CIFAR-10: 60,000 colour images of ten classes.
///
/// A file holds 10,000 records of 1 + 3072 bytes: the label, then 32 × 32 red, green and blue
/// pixels, row by row.
///
/// - SeeAlso: Krizhevsky 2009, <https://www.cs.toronto.edu/~kriz/cifar.html>.
public enum CIFAR10 {
  /// The folder of the official archive.
  public static let folderName = "cifar-10-batches-bin"
  /// The official names of the labels 0 to 9.
  public static let classNames = [
    "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
  ]

  package static let trainingFiles = (1...5).map { "data_batch_\($0).bin" }
  package static let testFile = "test_batch.bin"
  package static let classNamesFile = "batches.meta.txt"
  package static let shape = ImageShape(channels: 3, height: 32, width: 32)
  package static let recordsPerFile = 10_000
  package static let recordLength = 1 + shape.count
  package static let fileLength = recordsPerFile * recordLength

  /// Maps the six files of `folder` and checks their sizes and every label.
  ///
  /// - Throws: `DataError` naming the file, and the record of a wrong label.
  public static func load(folder: String) throws -> DatasetPair {
    let names = try readClassNames(folder: folder)
    return DatasetPair(
      training: try dataset(files: trainingFiles, folder: folder, classNames: names),
      test: try dataset(files: [testFile], folder: folder, classNames: names))
  }

  private static func dataset(
    files: [String], folder: String, classNames: [String]
  ) throws -> Dataset {
    var labels: [UInt16] = []
    labels.reserveCapacity(files.count * recordsPerFile)
    var segments: [DataRows.Segment] = []
    for name in files {
      let file = try MappedFile(path: path(folder, name))
      try appendLabels(of: file, to: &labels)
      segments.append(
        DataRows.Segment(
          source: file, firstOffset: 1, stride: recordLength, count: recordsPerFile))
    }
    return try Dataset(
      name: "cifar10", features: .image(shape), classNames: classNames,
      rows: DataRows(of: .byte, columns: shape.count, segments: segments), labels: labels)
  }

  private static func appendLabels(of file: MappedFile, to labels: inout [UInt16]) throws {
    guard file.bytes.count == fileLength else {
      throw DataError(
        .malformed, path: file.path,
        expected: "\(fileLength) bytes (\(recordsPerFile) records of \(recordLength))",
        found: "\(file.bytes.count) bytes", hint: "get it again with: strata data fetch cifar10")
    }
    for record in 0..<recordsPerFile {
      let label = file.bytes[record * recordLength]
      guard label < classNames.count else {
        throw DataError(
          .malformed, path: file.path, expected: "labels from 0 to \(classNames.count - 1)",
          found: "label \(label) in record \(record), counted from 0")
      }
      labels.append(UInt16(label))
    }
  }

  /// The class names of `batches.meta.txt`; the official ones where the file is missing.
  package static func readClassNames(folder: String) throws -> [String] {
    let path = path(folder, classNamesFile)
    if FileStatus(path: path) == .missing { return classNames }
    return try MappedFile(path: path).withBytes { try parseClassNames($0, path: path) }
  }

  /// Ten different names, one a line; empty lines may follow.
  package static func parseClassNames(
    _ bytes: UnsafeRawBufferPointer, path: String
  ) throws -> [String] {
    func malformed(_ found: String) -> DataError {
      DataError(
        .malformed, path: path, expected: "\(classNames.count) different class names, one a line",
        found: found)
    }
    guard bytes.count <= 4096 else { throw malformed("\(bytes.count) bytes") }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw malformed("bytes that are not UTF-8")
    }
    let names = text.split(whereSeparator: \.isNewline).map(String.init)
    guard names.count == classNames.count, Set(names).count == names.count else {
      throw malformed("\(names.count) lines, \(Set(names).count) of them different")
    }
    guard !text.unicodeScalars.contains(where: { $0.value < 32 && !$0.properties.isWhitespace })
    else { throw malformed("control characters") }
    return names
  }
}
