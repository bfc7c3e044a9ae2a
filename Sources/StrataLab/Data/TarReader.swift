import Strata

/// The entries of a tar archive inside a gzip file, one after the other.
///
/// - SeeAlso: POSIX.1-2017, `pax`, “ustar Interchange Format” and “pax Header Block”.
package struct TarReader {
  /// What an archive says about one entry.
  package struct Entry: Hashable {
    /// The kinds of entry that are told apart.
    package enum Kind: Hashable {
      case file
      case folder
      /// A link, a device, or whatever else there is.
      case other
    }

    package let name: String
    package let kind: Kind
    package let size: Int
  }

  private static let blockLength = 512
  /// The longest pax header that is looked at.
  private static let greatestExtension = 1 << 16
  /// The most pax headers of an archive; the content of a small gzip file may be an endless row.
  private static let greatestExtensionCount = 1000
  /// The longest row of zeros behind the last entry.
  private static let greatestEnd = 1 << 20

  private let path: String
  private let gzip: GzipReader
  private var remaining = 0
  private var padding = 0
  private var extensionCount = 0

  /// Opens an archive.
  package init(path: String) throws {
    self.path = path
    gzip = try GzipReader(source: MappedFile(path: path), path: path)
  }

  /// The next entry; `nil` at the end, after which nothing but zeros may follow.
  package mutating func next() throws -> Entry? {
    while true {
      try skipRest()
      let block = try read(Self.blockLength)
      if block.allSatisfy({ $0 == 0 }) {
        try requireZeros()
        return nil
      }
      let header = try TarHeader(block, path: path)
      remaining = header.size
      padding = (Self.blockLength - header.size % Self.blockLength) % Self.blockLength
      guard header.isExtension else { return header.entry }
      guard header.size <= Self.greatestExtension else {
        throw malformed("a pax header of at most \(Self.greatestExtension) bytes", "\(header.size)")
      }
      extensionCount += 1
      guard extensionCount <= Self.greatestExtensionCount else {
        throw malformed("at most \(Self.greatestExtensionCount) pax headers", "more")
      }
      try refuseOverrides(in: try read(header.size))
    }
  }

  /// Hands the content of the current entry to `body`, a piece at a time.
  package mutating func forEachPiece(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    while remaining > 0 { try read(min(remaining, 1 << 20)).withUnsafeBytes(body) }
  }

  private mutating func skipRest() throws {
    try forEachPiece { _ in }
    _ = try read(padding)
    padding = 0
  }

  private mutating func read(_ count: Int) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let found = try bytes.withUnsafeMutableBytes { try gzip.read(into: $0) }
    guard found == count else {
      throw malformed("a whole tar archive", "one that is cut off")
    }
    remaining = max(0, remaining - count)
    return bytes
  }

  private func requireZeros() throws {
    var total = 0
    var bytes = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      let found = try bytes.withUnsafeMutableBytes { try gzip.read(into: $0) }
      total += found
      guard bytes.prefix(found).allSatisfy({ $0 == 0 }), total <= Self.greatestEnd else {
        throw malformed("at most \(Self.greatestEnd) zeros behind the last entry", "something else")
      }
      if found < bytes.count { return }
    }
  }

  /// A pax header may say when a file was made, but not give it another name or size.
  private func refuseOverrides(in records: [UInt8]) throws {
    let allowed: Set<Substring> = ["mtime", "atime", "ctime", "uid", "gid", "uname", "gname"]
    for line in String(decoding: records, as: UTF8.self).split(whereSeparator: \.isNewline) {
      let key = line.drop { $0 != " " }.dropFirst().prefix { $0 != "=" }
      guard allowed.contains(key) else {
        throw malformed("pax headers with times and owners alone", "“\(key)”")
      }
    }
  }

  private func malformed(_ expected: String, _ found: String) -> DataError {
    DataError(.malformed, path: path, expected: expected, found: found)
  }
}

/// The first block of an entry.
private struct TarHeader {
  let name: String
  let size: Int
  let type: UInt8

  /// Whether the entry says something about the next ones instead of being one itself.
  var isExtension: Bool { type == UInt8(ascii: "x") || type == UInt8(ascii: "g") }

  var entry: TarReader.Entry {
    switch type {
    case 0, UInt8(ascii: "0"): TarReader.Entry(name: name, kind: .file, size: size)
    case UInt8(ascii: "5"): TarReader.Entry(name: name, kind: .folder, size: size)
    default: TarReader.Entry(name: name, kind: .other, size: size)
    }
  }

  init(_ block: [UInt8], path: String) throws {
    // The checksum is counted as if it were eight spaces itself.
    let sum = block.enumerated().reduce(0) {
      $0 + ((148..<156).contains($1.offset) ? 0x20 : Int($1.element))
    }
    guard Self.number(block[148..<156]) == sum, let size = Self.number(block[124..<136]) else {
      throw DataError(
        .malformed, path: path, expected: "a tar header with the checksum \(sum) and an octal size",
        found: "another block")
    }
    self.size = size
    type = block[156]
    let isPortable = block[257..<263].elementsEqual("ustar\0".utf8)
    let prefix = isPortable ? Self.text(block[345..<500]) : ""
    let last = Self.text(block[0..<100])
    name = prefix.isEmpty ? last : prefix + "/" + last
  }

  private static func text(_ field: ArraySlice<UInt8>) -> String {
    String(decoding: field.prefix { $0 != 0 }, as: UTF8.self)
  }

  /// An octal number with spaces or zeros around it; a field holds at most twelve digits.
  private static func number(_ field: ArraySlice<UInt8>) -> Int? {
    let digits = field.drop { $0 == 0x20 }.prefix { $0 != 0 && $0 != 0x20 }
    return Int(String(decoding: digits, as: UTF8.self), radix: 8).flatMap { $0 < 0 ? nil : $0 }
  }
}
