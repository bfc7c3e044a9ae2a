/// Why bytes are no zlib stream.
package struct InflateError: Error {
  package let reason: String
}

/// The content of a zlib stream (RFC 1950 and 1951), bit by bit.
///
/// Written without zlib, so that compressing with zlib is tested against something else.
package func inflated(_ stream: [UInt8]) throws -> [UInt8] {
  guard stream.count > 6, stream[0] & 0x0f == 8,
    (Int(stream[0]) << 8 | Int(stream[1])).isMultiple(of: 31)
  else { throw InflateError(reason: "not a zlib header") }
  var reader = BitReader(bytes: Array(stream[2...]))
  var output: [UInt8] = []
  var isLast = false
  while !isLast {
    isLast = try reader.bits(1) == 1
    switch try reader.bits(2) {
    case 0: try reader.copyStored(to: &output)
    case 1: try reader.copyCoded(to: &output, .fixedLiterals, .fixedDistances)
    case 2:
      let codes = try reader.dynamicCodes()
      try reader.copyCoded(to: &output, codes.literals, codes.distances)
    default: throw InflateError(reason: "an unknown kind of block")
    }
  }
  guard Array(stream.suffix(4)) == bigEndian(adler32(output)) else {
    throw InflateError(reason: "another checksum")
  }
  return output
}

/// Adler-32 (RFC 1950, section 8.2).
private func adler32(_ bytes: [UInt8]) -> UInt32 {
  var (low, high): (UInt32, UInt32) = (1, 0)
  for byte in bytes {
    low = (low + UInt32(byte)) % 65521
    high = (high + low) % 65521
  }
  return high << 16 | low
}

/// A prefix code, made from the lengths of its words (RFC 1951, section 3.2.2).
private struct PrefixCode {
  /// Symbols by length and word.
  private var symbols: [Int: Int] = [:]

  init(lengths: [Int]) {
    var next = 0
    for length in 1...15 {
      for (symbol, own) in lengths.enumerated() where own == length {
        symbols[length << 16 | next] = symbol
        next += 1
      }
      next <<= 1
    }
  }

  static let fixedLiterals = PrefixCode(
    lengths: (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 })
  static let fixedDistances = PrefixCode(lengths: Array(repeating: 5, count: 30))

  func read(_ reader: inout BitReader) throws -> Int {
    var word = 0
    for length in 1...15 {
      word = try word << 1 | reader.bits(1)
      if let symbol = symbols[length << 16 | word] { return symbol }
    }
    throw InflateError(reason: "a word that the code lacks")
  }
}

private struct BitReader {
  let bytes: [UInt8]
  private var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// The next bits, the first one lowest.
  mutating func bits(_ count: Int) throws -> Int {
    var value = 0
    for index in 0..<count {
      guard position / 8 < bytes.count else { throw InflateError(reason: "cut off") }
      value |= Int(bytes[position / 8] >> (position % 8) & 1) << index
      position += 1
    }
    return value
  }

  mutating func copyStored(to output: inout [UInt8]) throws {
    position = (position + 7) / 8 * 8
    let length = try bits(16)
    guard try bits(16) == length ^ 0xffff else { throw InflateError(reason: "a bad length") }
    for _ in 0..<length { output.append(UInt8(try bits(8))) }
  }

  mutating func copyCoded(
    to output: inout [UInt8], _ literals: PrefixCode, _ distances: PrefixCode
  ) throws {
    while true {
      let symbol = try literals.read(&self)
      if symbol < 256 {
        output.append(UInt8(symbol))
      } else if symbol == 256 {
        return
      } else {
        let length = try lengths[symbol - 257].base + bits(lengths[symbol - 257].extra)
        let code = try distances.read(&self)
        let extra = max(0, code / 2 - 1)
        let base = code < 4 ? code + 1 : (2 + code % 2) << extra + 1
        let distance = try base + bits(extra)
        guard distance <= output.count else { throw InflateError(reason: "too far back") }
        for _ in 0..<length { output.append(output[output.count - distance]) }
      }
    }
  }

  /// RFC 1951, section 3.2.7.
  mutating func dynamicCodes() throws -> (literals: PrefixCode, distances: PrefixCode) {
    let literalCount = try bits(5) + 257
    let distanceCount = try bits(5) + 1
    let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    var codeLengths = [Int](repeating: 0, count: 19)
    for index in order.prefix(try bits(4) + 4) { codeLengths[index] = try bits(3) }
    let code = PrefixCode(lengths: codeLengths)
    var all: [Int] = []
    while all.count < literalCount + distanceCount {
      let symbol = try code.read(&self)
      switch symbol {
      case 16: all += try Array(repeating: all.last ?? 0, count: 3 + bits(2))
      case 17: all += try Array(repeating: 0, count: 3 + bits(3))
      case 18: all += try Array(repeating: 0, count: 11 + bits(7))
      default: all.append(symbol)
      }
    }
    return (
      PrefixCode(lengths: Array(all[..<literalCount])),
      PrefixCode(lengths: Array(all[literalCount...]))
    )
  }
}

/// The lengths that the symbols from 257 on stand for (RFC 1951, section 3.2.5).
private let lengths: [(base: Int, extra: Int)] = (0..<29).map { index in
  if index == 28 { return (258, 0) }
  let extra = max(0, index / 4 - 1)
  return (index < 8 ? index + 3 : (4 + index % 4) << extra + 3, extra)
}
