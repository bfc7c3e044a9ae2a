import Foundation
import TestSupport
import Testing

@testable import Strata

@Suite struct CIFAR10Tests {
  private static let length = 30_730_000
  private static let files = (1...5).map { "data_batch_\($0).bin" } + ["test_batch.bin"]

  /// Six files of black images of class 0, but for what a test changes.
  private func blackImages() throws -> ScratchFolder {
    let folder = try ScratchFolder()
    for name in Self.files { try folder.writeZeros(Self.length, to: name) }
    return folder
  }

  @Test("records become labels and rows of 3072 pixels, file after file")
  func records() throws {
    let folder = try blackImages()
    try folder.poke(7, at: 3073 * 2, of: "data_batch_1.bin")
    try folder.poke(200, at: 3073 * 2 + 1, of: "data_batch_1.bin")
    try folder.poke(9, at: Self.length - 3073, of: "data_batch_5.bin")
    try folder.poke(55, at: Self.length - 1, of: "data_batch_5.bin")
    try folder.poke(3, at: 0, of: "test_batch.bin")
    let pair = try CIFAR10.load(folder: folder.path)
    #expect(pair.training.count == 50_000 && pair.test.count == 10_000)
    #expect(pair.training.labels[2] == 7 && pair.training.rows.bytes(of: 2)[0] == 200)
    #expect(pair.training.labels[49_999] == 9 && pair.training.rows.bytes(of: 49_999)[3071] == 55)
    #expect(pair.training.labels.reduce(0) { $0 + Int($1) } == 16)
    #expect(pair.test.labels[0] == 3)
    #expect(pair.training.features == .image(ImageShape(channels: 3, height: 32, width: 32)))
    #expect(pair.training.classNames[9] == "truck")
  }

  @Test("a file one byte short or long is malformed", arguments: [length - 1, length + 1])
  func size(found: Int) throws {
    let folder = try blackImages()
    try folder.writeZeros(found, to: "data_batch_3.bin")
    let error = dataError { _ = try CIFAR10.load(folder: folder.path) }
    #expect(error?.kind == .malformed)
    #expect(error?.path.hasSuffix("data_batch_3.bin") == true)
    #expect(error?.expected.contains("30730000 bytes") == true)
    #expect(error?.found == "\(found) bytes")
  }

  @Test("a label of 10 is malformed, with its file and record")
  func label() throws {
    let folder = try blackImages()
    try folder.poke(10, at: 3073 * 9_999, of: "test_batch.bin")
    let error = dataError { _ = try CIFAR10.load(folder: folder.path) }
    #expect(error?.kind == .malformed)
    #expect(error?.description.contains("test_batch.bin") == true)
    #expect(error?.description.contains("label 10 in record 9999") == true)
  }

  @Test("a missing file is not found", arguments: files)
  func missing(name: String) throws {
    let folder = try blackImages()
    try FileManager.default.removeItem(atPath: folder[name])
    let error = dataError { _ = try CIFAR10.load(folder: folder.path) }
    #expect(error?.kind == .notFound && error?.path == folder[name])
  }

  @Test("class names come from their file, or are the official ones without it")
  func classNames() throws {
    let folder = try ScratchFolder()
    #expect(try CIFAR10.readClassNames(folder: folder.path) == CIFAR10.classNames)
    let names = (0...9).map { "class \($0)" }
    try folder.write(Array((names.joined(separator: "\n") + "\n\n").utf8), to: "batches.meta.txt")
    #expect(try CIFAR10.readClassNames(folder: folder.path) == names)
  }

  @Test(
    "a damaged file of class names is malformed",
    arguments: [
      "one\ntwo\n", (0...10).map { "\($0)\n" }.joined(), String(repeating: "same\n", count: 10),
      "a\u{1}\nb\nc\nd\ne\nf\ng\nh\ni\nj\n", String(repeating: "x", count: 5000),
    ])
  func damagedNames(text: String) throws {
    let folder = try ScratchFolder()
    try folder.write(Array(text.utf8), to: "batches.meta.txt")
    let error = dataError { _ = try CIFAR10.readClassNames(folder: folder.path) }
    #expect(error?.kind == .malformed)
  }

  @Test("the official files hold 5000 and 1000 images of each class")
  func official() throws {
    guard let folder = officialFolder else {
      print("skipped: no CIFAR-10")
      return
    }
    let pair = try CIFAR10.load(folder: folder)
    for (dataset, count) in [(pair.training, 5000), (pair.test, 1000)] {
      for label in 0..<10 as Range<UInt8> {
        #expect(dataset.labels.count { $0 == label } == count)
      }
    }
    // The first record of data_batch_1.bin: a frog.
    #expect(Array(pair.training.labels.prefix(5)) == [6, 9, 9, 4, 1])
    #expect(Array(pair.training.rows.bytes(of: 0).prefix(4)) == [59, 43, 50, 68])
  }

  private var officialFolder: String? {
    ProcessInfo.processInfo.environment["STRATA_DATA"].map { path($0, CIFAR10.folderName) }
      .flatMap { FileStatus(path: $0) == .folder ? $0 : nil }
  }
}
