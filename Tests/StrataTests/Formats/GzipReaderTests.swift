import Strata
import TestSupport
import Testing

@Suite struct GzipReaderTests {
  private let content = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) }

  private func inflate(_ bytes: [UInt8], piece: Int = 1000) throws -> [UInt8] {
    let reader = try GzipReader(source: ByteBlock(bytes), path: "test.gz")
    var result: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: piece)
    while true {
      let count = try buffer.withUnsafeMutableBytes { try reader.read(into: $0) }
      result += buffer.prefix(count)
      if count < piece { return result }
    }
  }

  @Test("content comes back whole, whatever the pieces", arguments: [1, 999, 65_536, 200_000])
  func pieces(piece: Int) throws {
    let expected = piece == 1 ? Array(content.prefix(500)) : content
    #expect(try inflate(gzipStored(expected), piece: piece) == expected)
  }

  @Test("compressed content comes back")
  func compressed() throws {
    // printf 'aaaaaaaaaabbbbbbbbbbaaaaaaaaaabbbbbbbbbb' | gzip -9n
    let bytes: [UInt8] = [
      0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x4b, 0x4c, 0x84, 0x81, 0x24,
      0x38, 0x48, 0xc4, 0x22, 0x06, 0x00, 0xa0, 0x8b, 0xa1, 0x3c, 0x28, 0x00, 0x00, 0x00,
    ]
    let text = "aaaaaaaaaabbbbbbbbbbaaaaaaaaaabbbbbbbbbb"
    #expect(try inflate(bytes) == Array(text.utf8))
  }

  @Test("a file cut off anywhere is malformed")
  func cutOff() throws {
    let bytes = gzipStored(Array(content.prefix(300)))
    for length in 0..<bytes.count {
      let error = dataError { _ = try inflate(Array(bytes.prefix(length))) }
      #expect(error?.kind == .malformed)
    }
  }

  @Test("a wrong checksum, a wrong length and bytes behind the end are malformed")
  func damaged() {
    let damaged = [
      gzipStored(content, checksum: 1), gzipStored(content, statedLength: content.count + 1),
      gzipStored(content) + [0], gzipStored(content) + gzipStored(content), Array(content),
    ]
    for bytes in damaged {
      #expect(dataError { _ = try inflate(bytes) }?.kind == .malformed)
    }
  }

  @Test("content that goes on where it should end is malformed")
  func finish() throws {
    let reader = try GzipReader(source: ByteBlock(gzipStored([1, 2, 3])), path: "test.gz")
    var buffer: [UInt8] = [0, 0]
    #expect(try buffer.withUnsafeMutableBytes { try reader.read(into: $0) } == 2)
    #expect(dataError { try reader.finish() }?.expected.contains("after 2 bytes") == true)
  }
}
