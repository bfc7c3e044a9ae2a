import Foundation
import Strata
import StrataLab
import TestSupport
import Testing

@Suite("PixelImage")
struct PixelImageTests {
  /// The chunks of a PNG file, whose checksums must be right.
  private func chunks(_ png: [UInt8]) throws -> [(name: String, content: [UInt8])] {
    #expect(Array(png.prefix(8)) == [137, 80, 78, 71, 13, 10, 26, 10])
    var rest = png[8...]
    var result: [(name: String, content: [UInt8])] = []
    while !rest.isEmpty {
      let length = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
      let body = Array(rest.dropFirst(4).prefix(4 + length))
      #expect(Array(rest.dropFirst(8 + length).prefix(4)) == bigEndian(crc32(body)))
      result.append((String(decoding: body.prefix(4), as: UTF8.self), Array(body.dropFirst(4))))
      rest = rest.dropFirst(12 + length)
    }
    return result
  }

  @Test(
    "a PNG file holds size, kind and pixels",
    arguments: [(1, 1, false), (7, 5, false), (3, 4, true), (64, 50, true)])
  func png(_ width: Int, _ height: Int, _ isColored: Bool) throws {
    var stream = RandomStream(seed: 3, for: .samples)
    let channels = isColored ? 3 : 1
    let bytes = (0..<width * height * channels).map {
      $0 % 3 == 0 ? 9 : UInt8(stream.integer(below: 256))
    }
    let image = PixelImage(width: width, height: height, isColored: isColored, bytes: bytes)
    let chunks = try chunks(image.png)
    #expect(chunks.map(\.name) == ["IHDR", "IDAT", "IEND"])
    #expect(
      chunks[0].content
        == bigEndian(UInt32(width)) + bigEndian(UInt32(height)) + [8, isColored ? 2 : 0, 0, 0, 0])
    let lines = try inflated(chunks[1].content)
    let length = width * channels
    #expect(lines.count == height * (length + 1))
    for row in 0..<height {
      let line = lines[row * (length + 1)..<(row + 1) * (length + 1)]
      #expect(line.first == 0)
      #expect(Array(line.dropFirst()) == Array(bytes[row * length..<(row + 1) * length]))
    }
  }

  @Test("the address holds the file in base 64")
  func address() throws {
    let image = PixelImage(width: 1, height: 2, isColored: false, bytes: [0, 255])
    let prefix = "data:image/png;base64,"
    #expect(image.dataAddress.hasPrefix(prefix))
    let data = try #require(Data(base64Encoded: String(image.dataAddress.dropFirst(prefix.count))))
    #expect(Array(data) == image.png)
  }

  @Test("planes are woven into pixels; two planes are no picture")
  func planes() throws {
    let colored = PixelImage(
      planes: [1, 2, 3, 4, 5, 6], shape: ImageShape(channels: 3, height: 1, width: 2))
    #expect(
      colored == PixelImage(width: 2, height: 1, isColored: true, bytes: [1, 3, 5, 2, 4, 6]))
    let grey = PixelImage(planes: [7, 8], shape: ImageShape(channels: 1, height: 2, width: 1))
    #expect(grey == PixelImage(width: 1, height: 2, isColored: false, bytes: [7, 8]))
    #expect(
      PixelImage(planes: [1, 2], shape: ImageShape(channels: 2, height: 1, width: 1)) == nil)
  }

  @Test("a mosaic has pictures in rows, one white pixel apart")
  func mosaic() {
    let pictures = (1...3).map { number in
      PixelImage(width: 1, height: 1, isColored: false, bytes: [UInt8(number)])
    }
    let white: UInt8 = 255
    let mosaic = PixelImage(mosaic: pictures, columns: 2)
    #expect(mosaic.width == 5 && mosaic.height == 5)
    #expect(
      mosaic.bytes == [
        white, white, white, white, white, white, 1, white, 2, white, white, white, white, white,
        white, white, 3, white, white, white, white, white, white, white, white,
      ])
    #expect(PixelImage(mosaic: pictures, columns: 10).width == 7)
  }
}
