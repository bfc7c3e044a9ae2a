import StrataLab
import TestSupport
import Testing

@testable import Strata

@Suite struct DigestTests {
  @Test("digests are those of the standards' examples")
  func examples() throws {
    let folder = try ScratchFolder()
    let path = try folder.write(Array("abc".utf8), to: "file")
    // FIPS 180-4's example; RFC 1321, appendix A.5.
    #expect(
      try Digest.sha256.hexadecimal(ofFile: path)
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(try Digest.md5.hexadecimal(ofFile: path) == "900150983cd24fb0d6963f7d28e17f72")
    #expect(dataError { _ = try Digest.md5.hexadecimal(ofFile: folder["none"]) } != nil)
  }

  @Test("the library's own SHA-256 agrees with swift-crypto's at every length of a block's tail")
  func libraryDigest() {
    for length in 0..<200 {
      ByteBlock((0..<length).map { UInt8(truncatingIfNeeded: $0 * $0 + length) }).withBytes {
        var hash = SHA256()
        hash.update($0)
        #expect(hash.hexadecimal() == Digest.sha256.hexadecimal(of: $0))
      }
    }
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
    let expected = bytes.withBytes { Digest.sha256.hexadecimal(of: $0) }
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
    #expect(pair.sha256() == bytes.withBytes { Digest.sha256.hexadecimal(of: $0) })
  }
}
