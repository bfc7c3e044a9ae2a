internal import CStrataKernels

/// The digest by which files and data are recognized.
///
/// Written here because the library needs nothing but its kernels and zlib; tested against the
/// standard's examples and another implementation.
///
/// - SeeAlso: FIPS 180-4, sections 5 and 6.2.
package struct SHA256 {
  private static let blockLength = 64

  /// Section 5.3.3.
  private var state: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab,
    0x5be0_cd19,
  ]
  /// Bytes that do not fill a block yet.
  private var rest: [UInt8] = []
  private var count: UInt64 = 0

  /// The digest of no bytes yet.
  package init() {}

  /// The digest of some bytes, in hexadecimal digits.
  package static func hexadecimal(of bytes: UnsafeRawBufferPointer) -> String {
    var hash = SHA256()
    hash.update(bytes)
    return hash.hexadecimal()
  }

  /// Takes more bytes.
  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    count += UInt64(bytes.count)
    var bytes = bytes
    if !rest.isEmpty {
      let missing = min(Self.blockLength - rest.count, bytes.count)
      rest += bytes.prefix(missing)
      bytes = UnsafeRawBufferPointer(rebasing: bytes.dropFirst(missing))
      guard rest.count == Self.blockLength else { return }
      rest.withUnsafeBytes { Self.compress($0, into: &state) }
    }
    Self.compress(bytes, into: &state)
    rest = Array(bytes.suffix(bytes.count % Self.blockLength))
  }

  /// The digest of all bytes, in hexadecimal digits.
  package consuming func hexadecimal() -> String {
    // Section 5.1.1: a one, zeros, and the length in bits.
    let length = count &* 8
    let filled = (rest.count + 9) % Self.blockLength
    let zeros = filled == 0 ? 0 : Self.blockLength - filled
    var padding: [UInt8] = [0x80] + [UInt8](repeating: 0, count: zeros)
    withUnsafeBytes(of: length.bigEndian) { padding += $0 }
    padding.withUnsafeBytes { update($0) }
    return state.map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }

  /// Takes the whole blocks that `bytes` starts with.
  private static func compress(_ bytes: UnsafeRawBufferPointer, into state: inout [UInt32]) {
    guard let start = bytes.baseAddress else { return }
    strata_sha256_blocks(
      &state, start.assumingMemoryBound(to: UInt8.self), bytes.count / blockLength)
  }
}
