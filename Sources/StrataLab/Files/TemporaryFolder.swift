import CLibrary
import Foundation
import Strata

/// A folder of temporary files, removed with the object.
final class TemporaryFolder {
  let path: String

  init() throws {
    let base = FileManager.default.temporaryDirectory.path
    let pattern = Strata.path(base, "strata-XXXXXX")
    var name = Array(pattern.utf8CString)
    guard mkdtemp(&name) != nil else {
      throw DataError(
        writing: pattern, errno: errno, expected: "a folder for temporary files that can be made")
    }
    path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
