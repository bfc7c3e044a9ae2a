import TestSupport

/// One entry of a tar archive, which may be as wrong as a test likes.
struct TarEntry {
  var name: String
  var content: [UInt8] = []
  var type: Character = "0"
  /// The size in the header; that of the content if `nil`.
  var statedSize: Int?
  var link = ""
  var prefix = ""

  /// The header, the content, and zeros up to a whole block.
  var bytes: [UInt8] {
    var header = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, at offset: Int) {
      for (index, byte) in text.utf8.prefix(155).enumerated() { header[offset + index] = byte }
    }
    put(name, at: 0)
    put("0000644\0", at: 100)
    put(octal(statedSize ?? content.count, digits: 11) + "\0", at: 124)
    put("00000000000\0", at: 136)
    put("        ", at: 148)
    put(String(type), at: 156)
    put(link, at: 157)
    put("ustar\u{0}00", at: 257)
    put(prefix, at: 345)
    put(octal(header.reduce(0) { $0 + Int($1) }, digits: 6) + "\0 ", at: 148)
    let padding = (512 - content.count % 512) % 512
    return header + content + [UInt8](repeating: 0, count: padding)
  }

  private func octal(_ number: Int, digits: Int) -> String {
    let text = String(number, radix: 8)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}

/// A compressed archive of these entries.
func tarGzip(_ entries: [TarEntry], end: Int = 1024) -> [UInt8] {
  gzipStored(entries.flatMap(\.bytes) + [UInt8](repeating: 0, count: end))
}
