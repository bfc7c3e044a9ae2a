import CLibrary

/// What is done with whole folders.
package enum Folder {
  /// Makes a folder and those above it; nothing happens where they are there.
  ///
  /// - Throws: `DataError` when the operating system refuses.
  package static func create(_ path: String) throws {
    if FileStatus(path: path) == .folder { return }
    let parent = DurableFile.folder(of: path)
    if parent != path { try create(parent) }
    if mkdir(path, 0o777) == 0 { return }
    let number = errno
    guard FileStatus(path: path) == .folder else {
      throw DataError(writing: path, errno: number, expected: "a folder that can be made")
    }
  }

  /// Checks that nothing is in the place of a folder that is to be made.
  ///
  /// - Throws: `DataError` when something else is.
  package static func requirePlace(_ path: String) throws {
    let status = FileStatus(path: path)
    guard status == .folder || status == .missing else {
      throw DataError(writing: path, errno: ENOTDIR, expected: "a folder, or none yet")
    }
  }

  /// Checks that a folder can be listed.
  ///
  /// - Throws: `DataError` with the operating system's reason.
  package static func requireList(_ path: String) throws {
    guard let stream = opendir(path) else {
      throw DataError(reading: path, errno: errno, expected: "a folder that can be listed")
    }
    closedir(stream)
  }

  /// The names in a folder, sorted; none when it cannot be read.
  package static func names(in path: String) -> [String] {
    guard let stream = opendir(path) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Removes a folder and the files in it; folders inside are left, and it with them.
  package static func removeFlat(_ path: String) {
    for name in names(in: path) { unlink(Strata.path(path, name)) }
    rmdir(path)
  }

  /// Puts `new` in the place of `old`, which may be there; it is removed then.
  ///
  /// - Throws: `DataError` when that fails; `old` is in its place again.
  package static func replace(
    _ old: String, with new: String, files: any FileSystem = SystemFiles()
  ) throws {
    let aside = path(DurableFile.folder(of: old), ".\(lastComponent(of: old)).old")
    let isThere = FileStatus(path: old) != .missing
    if isThere {
      removeFlat(aside)
      try files.move(old, to: aside)
    }
    do {
      try files.move(new, to: old)
    } catch {
      if isThere { try files.move(aside, to: old) }
      throw error
    }
    try files.synchronize(folder: DurableFile.folder(of: old))
    if isThere { removeFlat(aside) }
  }
}
