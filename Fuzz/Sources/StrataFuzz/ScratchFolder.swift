import Glibc

/// A folder of this process in memory.
enum ScratchFolder {
  static let path: String = {
    var template = Array("/dev/shm/strata-fuzz-XXXXXX".utf8CString)
    guard let path = mkdtemp(&template) else { fatalError("a folder in /dev/shm") }
    return String(cString: path)
  }()

  /// Writes a file, which is zeros behind `bytes` up to `length`.
  static func write(_ bytes: [UInt8], to name: String, length: Int? = nil) {
    let descriptor = open("\(path)/\(name)", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    require(written == bytes.count, "room in /dev/shm")
    if let length { ftruncate(descriptor, length) }
    close(descriptor)
  }
}
