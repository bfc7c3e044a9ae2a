import Foundation
import TestSupport
import Testing

@testable import Strata

@Suite struct IDXFolderTests {
  private func header(_ sizes: [UInt32], type: UInt8 = 8) -> [UInt8] {
    [0, 0, type, UInt8(sizes.count)] + sizes.flatMap { bigEndian($0) }
  }

  /// Three training and two test images of 2 × 3 pixels.
  private func smallFolder(
    named name: String = "digits", compressed: Bool = false, labels: [UInt8] = [1, 9, 0]
  ) throws -> (scratch: ScratchFolder, path: String) {
    let scratch = try ScratchFolder()
    let files: [(String, [UInt8])] = [
      ("train-images-idx3-ubyte", header([3, 2, 3]) + (0..<18).map { UInt8($0) }),
      ("train-labels-idx1-ubyte", header([UInt32(labels.count)]) + labels),
      ("t10k-images-idx3-ubyte", header([2, 2, 3]) + (100..<112).map { UInt8($0) }),
      ("t10k-labels-idx1-ubyte", header([2]) + [4, 5]),
    ]
    for (file, bytes) in files {
      try scratch.write(
        compressed ? gzipStored(bytes) : bytes, to: "\(name)/\(file)\(compressed ? ".gz" : "")")
    }
    return (scratch, scratch[name])
  }

  private func replace(
    _ file: String, with bytes: [UInt8]
  ) throws -> DataError? {
    let folder = try smallFolder()
    try folder.scratch.write(bytes, to: "digits/\(file)")
    return dataError { _ = try IDXFolder.load(folder: folder.path) }
  }

  @Test("plain and compressed files give the same images", arguments: [false, true])
  func load(compressed: Bool) throws {
    let folder = try smallFolder(compressed: compressed)
    let pair = try IDXFolder.load(folder: folder.path)
    #expect(pair.training.name == "digits")
    #expect(pair.training.features == .image(ImageShape(channels: 1, height: 2, width: 3)))
    #expect(pair.training.labels == [1, 9, 0] && pair.test.labels == [4, 5])
    #expect(pair.training.rows.bytes(of: 2) == [12, 13, 14, 15, 16, 17])
    #expect(pair.test.rows.bytes(of: 1) == [106, 107, 108, 109, 110, 111])
    #expect(pair.training.classNames == (0...9).map(String.init))
  }

  @Test("a folder whose name contains fashion has the classes of Fashion-MNIST")
  func fashion() throws {
    let folder = try smallFolder(named: "Fashion-MNIST", compressed: true)
    let pair = try IDXFolder.load(folder: folder.path)
    #expect(pair.training.name == "fashion-mnist")
    #expect(pair.test.classNames[0] == "T-shirt/top" && pair.test.classNames[9] == "Ankle boot")
  }

  @Test("a missing file is not found")
  func missing() throws {
    let folder = try smallFolder()
    try FileManager.default.removeItem(atPath: folder.path + "/t10k-labels-idx1-ubyte")
    let error = dataError { _ = try IDXFolder.load(folder: folder.path) }
    #expect(error?.kind == .notFound)
    #expect(error?.path.hasSuffix("t10k-labels-idx1-ubyte") == true)
  }

  @Test("a label of 10 is malformed, with its image")
  func label() throws {
    let folder = try smallFolder(labels: [1, 2, 10])
    let error = dataError { _ = try IDXFolder.load(folder: folder.path) }
    #expect(error?.kind == .malformed && error?.found.contains("label 10 of image 2") == true)
  }

  @Test("as many labels as images are needed, and test images of the training images' shape")
  func counts() throws {
    let folder = try smallFolder(labels: [1, 2])
    #expect(dataError { _ = try IDXFolder.load(folder: folder.path) }?.kind == .malformed)
    let error = try replace(
      "t10k-images-idx3-ubyte", with: header([2, 3, 2]) + [UInt8](repeating: 0, count: 12))
    #expect(error?.kind == .malformed)
  }

  @Test("another magic number, type or rank is malformed")
  func magic() throws {
    let content = [UInt8](repeating: 0, count: 18)
    let wrong: [[UInt8]] = [
      [1, 0, 8, 3] + header([3, 2, 3]).dropFirst(4) + content,
      header([3, 2, 3], type: 13) + content, header([3, 6]) + content, header([18]) + content,
      [0, 0, 8], Array("<html>404 not found, but quite long</html>".utf8),
    ]
    for bytes in wrong {
      for file in [bytes, gzipStored(bytes)] {
        #expect(try replace("train-images-idx3-ubyte", with: file)?.kind == .malformed)
      }
    }
  }

  @Test("sizes that overflow, or are not those of the file, are malformed before memory is taken")
  func sizes() throws {
    let content = [UInt8](repeating: 0, count: 18)
    let sizes: [[UInt32]] = [
      [.max, .max, .max], [1 << 31, 1 << 31, 4], [1 << 20, 1 << 20, 1], [3, 2, 4], [3, 2, 2],
      [0, 2, 3], [3, 0, 3], [1 << 16, 1 << 16, 1 << 8],
    ]
    for sizes in sizes {
      let bytes = header(sizes) + content
      let plain = try replace("train-images-idx3-ubyte", with: bytes)
      #expect(plain?.kind == .malformed)
      let claimed = 16 &+ sizes.reduce(1) { $0 &* Int($1) }
      for stated in [nil, claimed] {
        let gzip = gzipStored(bytes, statedLength: stated)
        #expect(try replace("train-images-idx3-ubyte", with: gzip)?.kind == .malformed)
      }
    }
  }

  @Test("a gzip file that is cut off, or holds more or less than its header says, is malformed")
  func gzip() throws {
    let whole = header([3, 2, 3]) + [UInt8](repeating: 7, count: 18)
    let cut = Array(gzipStored(whole).dropLast(9))
    let more = gzipStored(whole + [7, 7], statedLength: whole.count)
    let less = gzipStored(Array(whole.dropLast()), statedLength: whole.count)
    for bytes in [cut, more, less] {
      #expect(try replace("train-images-idx3-ubyte", with: bytes)?.kind == .malformed)
    }
  }

  @Test("a compressed file that claims more than memory is for is refused, and told what to do")
  func bomb() throws {
    let folder = try smallFolder(compressed: true)
    let name = "digits/train-images-idx3-ubyte.gz"
    try folder.scratch.write(gzipStored(header([60_000, 200, 200])), to: name)
    let error = dataError { _ = try IDXFile(path: folder.scratch[name], rank: 3) }
    #expect(error?.kind == .malformed && error?.hint.contains("unpack it first") == true)
  }

  @Test("no truncation and no flipped bit of a file traps", arguments: [false, true])
  func flips(compressed: Bool) throws {
    let folder = try smallFolder(compressed: compressed)
    let name = "digits/train-images-idx3-ubyte" + (compressed ? ".gz" : "")
    let bytes = Array(try Data(contentsOf: URL(filePath: folder.scratch[name])))
    for length in 0..<bytes.count {
      try folder.scratch.write(Array(bytes.prefix(length)), to: name)
      #expect(throws: DataError.self) { try IDXFolder.load(folder: folder.path) }
    }
    for bit in 0..<(8 * bytes.count) {
      var damaged = bytes
      damaged[bit / 8] ^= 1 << (bit % 8)
      try folder.scratch.write(damaged, to: name)
      _ = try? IDXFolder.load(folder: folder.path)
    }
  }
}
