import StrataLab
import TestSupport
import Testing

@testable import Strata

@Suite struct DigestTests {
  @Test("the digest of a file is that of the standard's example")
  func file() throws {
    let folder = try ScratchFolder()
    let path = try folder.write(Array("abc".utf8), to: "file")
    let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    #expect(try SHA256.hexadecimal(ofFile: path) == expected)
    #expect(SHA256.hexadecimal(of: "abc") == expected)
    #expect(dataError { _ = try SHA256.hexadecimal(ofFile: folder["none"]) } != nil)
  }

  @Test("a data set's digest is that of its labels and rows, wherever they lie")
  func dataset() throws {
    func pair(
      padding: Int, firstPixel: UInt8 = 1, lastLabel: UInt16 = 0
    ) throws -> DatasetPair {
      func dataset(_ rows: [[UInt8]], _ labels: [UInt16]) throws -> Dataset {
        let gap = [UInt8](repeating: 99, count: padding)
        let segments = rows.map { row in
          DataRows.Segment(
            source: ByteBlock(gap + row), firstOffset: padding, stride: 2 + padding, count: 1)
        }
        return try Dataset(
          name: "", features: .numberedColumns(2), classNames: ["a", "b"],
          rows: DataRows(of: .byte, columns: 2, segments: segments), labels: labels)
      }
      return DatasetPair(
        training: try dataset([[firstPixel, 2], [3, 4]], [0, 1]),
        test: try dataset([[5, 6]], [lastLabel]))
    }
    let bytes = ByteBlock([0, 1, 1, 2, 3, 4, 0, 5, 6])
    let expected = bytes.withBytes { SHA256.hexadecimal(of: $0) }
    #expect(try pair(padding: 0).sha256() == expected)
    #expect(try pair(padding: 3).sha256() == expected)
    #expect(try pair(padding: 0, firstPixel: 2).sha256() != expected)
    #expect(try pair(padding: 0, lastLabel: 1).sha256() != expected)
  }

  @Test("floats and labels of more than a byte are digested as little-endian numbers")
  func wideDataset() throws {
    func dataset(_ value: Float, label: Int) throws -> Dataset {
      try Dataset(
        values: [value], columns: 1, labels: [label], classNames: (0..<300).map(String.init))
    }
    let pair = DatasetPair(
      training: try dataset(1, label: 258), test: try dataset(-2, label: 3))
    // 1 is 0x3f800000 and −2 is 0xc0000000.
    let name = Array("float32".utf8)
    let bytes = ByteBlock([2, 1] + name + [0, 0, 0x80, 0x3f, 3, 0] + name + [0, 0, 0, 0xc0])
    #expect(pair.sha256() == bytes.withBytes { SHA256.hexadecimal(of: $0) })
  }
}
