import TestSupport
import Testing

@testable import Strata

@Suite("Data sets of arrays, and what is refused")
struct DatasetTests {
  private let rows: [[Float]] = [[1, -2.5], [3, 1e9], [0, 0.125]]

  @Test("rows, one array and a buffer give the same table, with names by number")
  func table() throws {
    let flat = rows.flatMap { $0 }
    let tables = try [
      Dataset(rows: rows, labels: [0, 2, 1]),
      Dataset(values: flat, columns: 2, labels: [0, 2, 1]),
      flat.withUnsafeBufferPointer { try Dataset(values: $0, columns: 2, labels: [0, 2, 1]) },
      Dataset(values: flat[...], columns: 2, labels: [0, 2, 1]),
    ]
    for table in tables {
      #expect(table.count == 3 && (0..<3).map { table.rows[$0] } == rows)
      #expect(table.features == .columns(["0", "1"]) && table.features.imageShape == nil)
      #expect(table.classNames == ["0", "1", "2"] && table.labels == [0, 2, 1])
      #expect(table.subset(1..<3).rows[1] == rows[2] && table.subset(1..<3).labels == [2, 1])
    }
    let named = try Dataset(
      rows: rows, labels: [0, 0, 1], columnNames: ["a", "b"], classNames: ["x", "y", "z"],
      name: "t")
    #expect(named.features == .columns(["a", "b"]) && named.classNames.count == 3)
    #expect(named.name == "t")
  }

  @Test("bytes are a table or images, whose inputs are p / 255")
  func bytes() throws {
    let shape = ImageShape(channels: 1, height: 1, width: 2)
    let images = try Dataset(images: [0, 255, 51, 102] as [UInt8], shape: shape, labels: [1, 0])
    #expect(images.features == .image(shape) && images.rows.element == .byte)
    #expect(images.rows.bytes(of: 1) == [51, 102] && images.rows[1] == [0.2, 0.4])
    let table = try Dataset(rows: [[0, 255], [51, 102]] as [[UInt8]], labels: [1, 0])
    #expect(table.features == .columns(["0", "1"]) && table.rows[1] == images.rows[1])
    let floats = try Dataset(images: [0, 1, 0.2, 0.4] as [Float], shape: shape, labels: [1, 0])
    #expect(floats.rows.element == .float && floats.rows[1] == images.rows[1])
  }

  @Test("wrong arrays are refused, with what is wrong")
  func wrongArrays() {
    func refusal(_ body: () throws -> Dataset) -> String? {
      dataError { _ = try body() }?.description
    }
    #expect(
      refusal { try Dataset(rows: [] as [[Float]], labels: []) }
        == "table: expected whole rows of 0 numbers, found 0 numbers.")
    #expect(
      refusal { try Dataset(rows: [[1, 2], [3]] as [[Float]], labels: [0, 0]) }
        == "table: expected rows of 2 numbers, like the first, found 1 in row 1, counted from 0.")
    #expect(
      refusal { try Dataset(rows: rows, labels: [0, 1]) }
        == "table: expected 3 labels, one for each row, found 2.")
    #expect(
      refusal { try Dataset(rows: rows, labels: [0, -1, 0]) }
        == "table: expected labels from 0 to 65534, found label -1 of row 1, counted from 0.")
    #expect(
      refusal { try Dataset(rows: rows, labels: [0, 65_535, 0]) }?.contains("label 65535") == true)
    #expect(
      refusal { try Dataset(rows: rows, labels: [0, 1, 2], classNames: ["a", "b"]) }
        == "table: expected labels from 0 to 1, found label 2.")
    #expect(
      refusal { try Dataset(rows: rows, labels: [0, 1, 2], columnNames: ["a"]) }
        == "table: expected features for rows of 2 numbers, found 1 column.")
    #expect(
      refusal { try Dataset(values: [1, 2, 3] as [Float], columns: 2, labels: [0]) }
        == "table: expected whole rows of 2 numbers, found 3 numbers.")
    #expect(
      refusal { try Dataset(rows: [[1, 2], [3, .nan]] as [[Float]], labels: [0, 0]) }
        == "table: expected finite numbers, found nan in row 1, column 1, counted from 0.")
    #expect(
      refusal { try Dataset(values: [-.infinity] as [Float], columns: 1, labels: [0]) }?
        .contains("found -inf in row 0, column 0") == true)
    let shape = ImageShape(channels: 3, height: .max, width: 2)
    #expect(refusal { try Dataset(images: [1] as [UInt8], shape: shape, labels: [0]) } != nil)
    #expect(
      refusal { try Dataset(rows: rows, labels: [0, 0, 0], classNames: []) }
        == "table: expected 1 to 65535 classes, found 0.")
  }

  @Test(
    "segments outside their source are refused, and sizes whose sum is too large",
    arguments: [
      (0, 4, 5), (1, 4, 4), (-1, 4, 1), (0, -4, 2), (0, 4, -1), (0, .max, 3), (.max, 4, 1),
    ])
  func wrongSegments(firstOffset: Int, stride: Int, count: Int) {
    let segment = DataRows.Segment(
      source: ByteBlock([UInt8](repeating: 0, count: 16)), firstOffset: firstOffset,
      stride: stride, count: count)
    let error = dataError { _ = try DataRows(of: .byte, columns: 4, segments: [segment]) }
    #expect(error?.found.contains("a segment of \(count) rows at byte \(firstOffset)") == true)
  }

  @Test("floats must lie where they can be read")
  func alignment() {
    for (offset, stride) in [(2, 4), (0, 6)] {
      let segment = DataRows.Segment(
        source: ByteBlock([UInt8](repeating: 0, count: 16)), firstOffset: offset, stride: stride,
        count: 2)
      let error = dataError { _ = try DataRows(of: .float, columns: 1, segments: [segment]) }
      #expect(error?.expected == "floats at multiples of 4 bytes")
    }
  }

  @Test("a split may lack a test part, and what needs one says so")
  func withoutTest() throws {
    let table = try Dataset(
      rows: (0..<40).map { [Float($0 % 7), Float($0 % 2)] }, labels: (0..<40).map { $0 % 2 })
    let split = try DataSplit(table, validation: 10)
    #expect(split.training.count == 30 && split.validation?.count == 10 && split.test == nil)
    let trainer = try Trainer(
      ToyData.configuration(hidden: [4], steps: 3, batchSize: 10), data: split, threads: 1)
    try trainer.run { _ in }
    let error = #expect(throws: ConfigurationError.self) { _ = try trainer.evaluateOnTest() }
    #expect(error?.expected == "data with a test part")
    #expect(throws: ConfigurationError.self) {
      try trainer.measureStatistics(on: StatisticsSample(.test, count: 4))
    }
  }

  @Test("parts of other features or classes are refused")
  func otherParts() throws {
    let labels = [0, 1, 0]
    let table = try Dataset(rows: rows, labels: labels)
    let wide = try Dataset(rows: [[1, 2, 3]] as [[Float]], labels: [0])
    let other = try Dataset(rows: rows, labels: labels, classNames: ["a", "b"])
    #expect(
      dataError { _ = try DataSplit(training: table, test: wide) }?.description
        == "table: expected the features of the training part, 2 columns, found others, 3 columns.")
    #expect(
      dataError { _ = try DataSplit(training: table, validation: other) }?.expected
        == "the classes of the training part")
    // A part may lack the last classes.
    _ = try DataSplit(training: table, test: Dataset(rows: rows, labels: [0, 0, 0]))
  }

  @Test("what only an image can do says so of a table")
  func images() throws {
    let table = try Dataset(rows: rows, labels: [0, 1, 0])
    var configuration = ToyData.configuration(hidden: [4], steps: 1, batchSize: 3)
    configuration.augmentation.flips = true
    #expect(
      configurationError {
        _ = try Trainer(configuration, data: DataSplit(table), threads: 1)
      }?.description
        == "augment: expected images of bytes in table, which alone can be changed, found 2 columns "
        + "of floats; remove augment.")
    let network = Network(
      zeros: try Architecture(inputs: 2, hidden: [3], classes: 2, batchNormalization: .before))
    let flips = configurationError {
      _ = try Evaluator().statistics(
        of: network, standardization: Standardization(measuring: table), on: table, count: 2,
        flips: true, batchSize: 3, seed: 1)
    }
    #expect(flips?.expected == "images of bytes in table, which alone can be changed")
  }

  @Test("no thread is refused by all that take threads")
  func threads() throws {
    let data = try ToyData.split()
    let model = try SampleModel.model(.numberedColumns(2), hidden: [3], classes: 2, .none)
    let errors = [
      configurationError { _ = try Trainer(ToyData.configuration(), data: data, threads: 0) },
      configurationError { _ = try Evaluator(threads: 0) },
      configurationError { _ = try Classifier(model, threads: 0) },
    ]
    #expect(errors.allSatisfy { $0?.description == "threads: expected at least 1, found 0." })
  }
}
