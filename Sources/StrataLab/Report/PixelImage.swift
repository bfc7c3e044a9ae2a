import CZlib
import Foundation
package import Strata

/// A picture of bytes, grey or coloured.
package struct PixelImage: Sendable, Hashable {
  /// Columns of pixels.
  package let width: Int
  /// Rows of pixels.
  package let height: Int
  /// Whether a pixel is red, green and blue rather than one grey.
  package let isColored: Bool
  /// The pixels row by row, the bytes of a pixel one after the other.
  package let bytes: [UInt8]

  /// Creates a picture.
  ///
  /// - Precondition: at least one pixel, and as many bytes as the sizes say.
  package init(width: Int, height: Int, isColored: Bool, bytes: [UInt8]) {
    precondition(width > 0 && height > 0 && bytes.count == width * height * (isColored ? 3 : 1))
    self.width = width
    self.height = height
    self.isColored = isColored
    self.bytes = bytes
  }

  /// Creates a picture from planes one after the other, as data sets hold it; `nil` where there are
  /// neither one nor three of them.
  ///
  /// - Precondition: as many bytes as the shape says.
  package init?(planes: [UInt8], shape: ImageShape) {
    precondition(planes.count == shape.count)
    guard shape.channels == 1 || shape.channels == 3 else { return nil }
    let size = shape.height * shape.width
    let bytes = (0..<size).flatMap { pixel in
      (0..<shape.channels).map { planes[$0 * size + pixel] }
    }
    self.init(
      width: shape.width, height: shape.height, isColored: shape.channels == 3, bytes: bytes)
  }

  /// Puts equally large pictures on a white ground, row by row, one pixel apart.
  ///
  /// - Precondition: there is a picture, and all are of one size and kind.
  package init(mosaic pictures: [PixelImage], columns: Int) {
    let first = pictures[0]
    let columns = min(columns, pictures.count)
    let rows = (pictures.count + columns - 1) / columns
    let width = columns * (first.width + 1) + 1
    let height = rows * (first.height + 1) + 1
    let channels = first.isColored ? 3 : 1
    var bytes = [UInt8](repeating: 255, count: width * height * channels)
    for (index, picture) in pictures.enumerated() {
      precondition(
        picture.width == first.width && picture.height == first.height
          && picture.isColored == first.isColored)
      let left = index % columns * (first.width + 1) + 1
      let top = index / columns * (first.height + 1) + 1
      for row in 0..<first.height {
        let source = picture.bytes[
          row * first.width * channels..<(row + 1) * first.width * channels]
        let start = ((top + row) * width + left) * channels
        bytes.replaceSubrange(start..<start + source.count, with: source)
      }
    }
    self.init(width: width, height: height, isColored: first.isColored, bytes: bytes)
  }
}

extension PixelImage {
  /// The picture as a PNG file (ISO/IEC 15948): three chunks, 8 bits a sample, no filter.
  package var png: [UInt8] {
    let header =
      bigEndian(UInt32(width)) + bigEndian(UInt32(height)) + [8, isColored ? 2 : 0, 0, 0, 0]
    return [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
      + Self.chunk("IHDR", header) + Self.chunk("IDAT", compressed(scanlines))
      + Self.chunk("IEND", [])
  }

  /// The PNG file inside an address, for a page that refers to no other file.
  package var dataAddress: String {
    "data:image/png;base64," + Data(png).base64EncodedString()
  }

  /// The rows, each behind a 0, the number of the filter that changes nothing.
  private var scanlines: [UInt8] {
    let length = width * (isColored ? 3 : 1)
    return (0..<height).flatMap { [0] + bytes[$0 * length..<($0 + 1) * length] }
  }

  /// Length, name, content and CRC-32 of name and content.
  private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
    let body = Array(name.utf8) + content
    let sum = body.withUnsafeBufferPointer { crc32(0, $0.baseAddress, UInt32($0.count)) }
    return bigEndian(UInt32(content.count)) + body + bigEndian(UInt32(truncatingIfNeeded: sum))
  }
}

/// The bytes of a number, the highest first.
private func bigEndian(_ value: UInt32) -> [UInt8] {
  stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: value >> $0) }
}

/// The bytes in the format of zlib (RFC 1950).
///
/// - Precondition: zlib finds the memory, a few hundred kilobytes.
private func compressed(_ bytes: [UInt8]) -> [UInt8] {
  [UInt8](unsafeUninitializedCapacity: Int(compressBound(UInt(bytes.count)))) { buffer, count in
    var length = UInt(buffer.count)
    let status = compress2(buffer.baseAddress, &length, bytes, UInt(bytes.count), 9)
    precondition(status == Z_OK, "zlib status \(status)")
    count = Int(length)
  }
}
