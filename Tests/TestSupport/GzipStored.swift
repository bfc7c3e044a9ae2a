/// A gzip file that holds the bytes as they are, in stored blocks (RFC 1951, section 3.2.4).
///
/// Written without zlib, so that reading with zlib is tested against something else.
package func gzipStored(_ content: [UInt8], statedLength: Int? = nil, checksum: UInt32? = nil)
  -> [UInt8]
{
  var bytes: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]
  let blockLength = 65_535
  var start = 0
  repeat {
    let end = min(start + blockLength, content.count)
    let length = UInt16(end - start)
    bytes.append(end == content.count ? 1 : 0)
    bytes += littleEndian(length) + littleEndian(~length) + content[start..<end]
    start = end
  } while start < content.count
  bytes += littleEndian(checksum ?? crc32(content))
  bytes += littleEndian(UInt32(truncatingIfNeeded: statedLength ?? content.count))
  return bytes
}

/// The bytes of a number, the lowest first.
package func littleEndian(_ value: some FixedWidthInteger) -> [UInt8] {
  withUnsafeBytes(of: value.littleEndian) { Array($0) }
}

/// The bytes of a number, the highest first.
package func bigEndian(_ value: some FixedWidthInteger) -> [UInt8] {
  withUnsafeBytes(of: value.bigEndian) { Array($0) }
}

/// CRC-32 bit by bit (RFC 1952, section 8).
package func crc32(_ bytes: [UInt8]) -> UInt32 {
  var crc: UInt32 = ~0
  for byte in bytes {
    crc ^= UInt32(byte)
    for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xedb8_8320 : crc >> 1 }
  }
  return ~crc
}
