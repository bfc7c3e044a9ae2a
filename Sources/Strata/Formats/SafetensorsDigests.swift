/// Two SHA-256 digests in a safetensors file, which tell a damaged file from a whole one.
///
/// They are entries of `__metadata__`, so that every reader of safetensors reads the file:
/// `tensors_sha256` is the digest of all bytes behind the header, `header_sha256` that of all bytes
/// before them, its own 64 digits taken as zeros. A file has both or neither.
enum SafetensorsDigests {
  static let tensorsKey = "tensors_sha256"
  static let headerKey = "header_sha256"

  /// The entries with zeros in the place of digits.
  static let blank = [
    tensorsKey: String(repeating: "0", count: digitCount),
    headerKey: String(repeating: "0", count: digitCount),
  ]

  private static let digitCount = 64
  private static let zeros = [UInt8](repeating: UInt8(ascii: "0"), count: digitCount)

  /// Fills in the digests of a file that was written with the blank ones.
  static func fill(into file: inout [UInt8], headerEnd: Int) {
    write(sha256(file[headerEnd...]), under: tensorsKey, into: &file, headerEnd: headerEnd)
    write(sha256(file[..<headerEnd]), under: headerKey, into: &file, headerEnd: headerEnd)
  }

  /// Takes the digests out of the metadata of a file and compares them with its bytes, of which the
  /// first `headerEnd` are the header's.
  ///
  /// - Returns: Whether the file has digests.
  /// - Throws: `DataError` when they differ or one is missing.
  static func check(
    _ file: SafetensorsSource, headerEnd: Int, metadata: inout [String: String], path: String
  ) throws -> Bool {
    let stated = (
      tensors: metadata.removeValue(forKey: tensorsKey),
      header: metadata.removeValue(forKey: headerKey)
    )
    if stated.tensors == nil, stated.header == nil { return false }
    var header = try file.withBytes(0..<headerEnd) { Array($0) }
    if let start = digits(under: headerKey, in: header[...]) {
      header.replaceSubrange(start..<(start + digitCount), with: zeros)
    }
    try require(stated.header, toBe: sha256(header[...]), of: "header", path: path)
    let tensors = try file.sha256(headerEnd..<file.count)
    try require(stated.tensors, toBe: tensors, of: "tensors", path: path)
    return true
  }

  private static func require(
    _ stated: String?, toBe digest: String, of part: String, path: String
  ) throws {
    guard stated == digest else {
      throw DataError(
        .malformed, path: path, expected: "\(part) with the SHA-256 \(stated ?? "in the metadata")",
        found: digest,
        hint: "the file is damaged, or another program changed it and kept "
          + "\(tensorsKey) and \(headerKey)")
    }
  }

  private static func write(
    _ digest: String, under key: String, into file: inout [UInt8], headerEnd: Int
  ) {
    guard let start = digits(under: key, in: file[..<headerEnd]) else { return }
    file.replaceSubrange(start..<(start + digitCount), with: digest.utf8)
  }

  /// Where the digits of an entry start, spelled as this package spells it; no other place of a
  /// header reads the same, since quotation marks within strings follow a backslash.
  private static func digits(under key: String, in header: ArraySlice<UInt8>) -> Int? {
    let start = header.firstRange(of: Array("\"\(key)\":\"".utf8))?.upperBound
    return start.flatMap { $0 + digitCount <= header.endIndex ? $0 : nil }
  }

  private static func sha256(_ bytes: ArraySlice<UInt8>) -> String {
    var hash = SHA256()
    bytes.withUnsafeBytes { hash.update($0) }
    return hash.hexadecimal()
  }
}
