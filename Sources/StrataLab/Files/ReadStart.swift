import CLibrary
import Strata

/// The first `limit` bytes of a file, a pipe or a file of the kernel's that has no size.
///
/// - Throws: `DataError` when it cannot be read.
package func readStart(of path: String, limit: Int, expected: String) throws -> [UInt8] {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw DataError(reading: path, errno: errno, expected: expected) }
  defer { close(descriptor) }
  var bytes: [UInt8] = []
  var block = [UInt8](repeating: 0, count: 1 << 16)
  while bytes.count < limit {
    let count = read(descriptor, &block, min(block.count, limit - bytes.count))
    guard count >= 0 else {
      if errno == EINTR { continue }
      throw DataError(reading: path, errno: errno, expected: expected)
    }
    if count == 0 { break }
    bytes += block[..<count]
  }
  return bytes
}

/// The text of a small file of the kernel's; `nil` where there is none.
package func systemText(_ path: String) -> String? {
  (try? readStart(of: path, limit: 1 << 20, expected: "a system file"))
    .map { String(decoding: $0, as: UTF8.self) }
}

/// The path from the root, so that it means the same from any folder.
func absolutePath(_ path: String) -> String {
  guard let resolved = realpath(path, nil) else { return path }
  defer { free(resolved) }
  return String(cString: resolved)
}
