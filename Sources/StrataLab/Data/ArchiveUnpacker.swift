import CLibrary
package import Strata

/// Takes the files that it knows, and no others, out of a compressed tar archive.
///
/// tar writes no file: it lists names, which are compared with those expected, and prints the
/// content of a member, which is written under the expected name. Links and devices have none.
package struct ArchiveUnpacker: Sendable {
  /// A file of the archive.
  package struct Member: Sendable {
    /// Its name inside the folder.
    package let name: String
    /// The bytes that it may have.
    package let sizes: ClosedRange<Int>
    /// Whether it is written, and must be there; other members are passed over.
    package let isWanted: Bool

    package init(_ name: String, sizes: ClosedRange<Int>, isWanted: Bool = true) {
      self.name = name
      self.sizes = sizes
      self.isWanted = isWanted
    }
  }

  /// The one folder of the archive.
  package let folderName: String
  /// The files that it may have.
  package let members: [Member]

  package init(folderName: String, members: [Member]) {
    self.folderName = folderName
    self.members = members
  }

  /// The official archive of CIFAR-10.
  ///
  /// The files of images have one size; the text files, which exist with and without an empty last
  /// line, have a limit.
  package static let cifar10 = ArchiveUnpacker(
    folderName: CIFAR10.folderName,
    members: (CIFAR10.trainingFiles + [CIFAR10.testFile]).map {
      Member($0, sizes: CIFAR10.fileLength...CIFAR10.fileLength)
    } + [
      Member(CIFAR10.classNamesFile, sizes: 1...4096),
      Member("readme.html", sizes: 0...65_536, isWanted: false),
    ])

  /// Writes the wanted members of the archive at `path` into a new folder and synchronizes them.
  ///
  /// - Throws: `DataError` for an entry that is not expected, or is there twice, or has another
  ///   size; for a member that is missing; and when a file cannot be written or there is no tar. The
  ///   folder is removed then.
  package func unpack(
    _ path: String, into folder: String, files: any FileSystem = SystemFiles()
  ) throws {
    let tar = try tar()
    Folder.removeFlat(folder)
    guard mkdir(folder, 0o777) == 0 else {
      throw DataError(writing: folder, errno: errno, expected: "a folder that can be made")
    }
    do {
      let archive = TarArchive(
        program: tar, path: Strata.path(folder, ".tar"), name: path,
        messages: Strata.path(folder, ".messages"))
      try inflate(path, to: archive.path)
      try check(archive.names(limit: 4096), in: path)
      for member in members where member.isWanted {
        let file = try OutputFile(
          path: Strata.path(folder, member.name), .create, files: files)
        try archive.forEachPiece(of: "\(folderName)/\(member.name)", sizes: member.sizes) {
          try file.write($0)
        }
        try file.finish()
      }
      for temporary in [archive.path, archive.messages] { unlink(temporary) }
      try files.synchronize(folder: folder)
    } catch {
      Folder.removeFlat(folder)
      throw error
    }
  }

  /// The program that unpacks.
  ///
  /// - Throws: `DataError` where there is none.
  func tar() throws -> String { try requireProgram("tar", "which unpacks the archive") }

  /// Writes the archive without compression; its entries have headers, and zeros behind them.
  private func inflate(_ path: String, to plain: String) throws {
    let limit = members.reduce(1 << 16) { $0 + $1.sizes.upperBound + 4096 }
    let reader = try GzipReader(source: MappedFile(path: path), path: path)
    let file = try OutputFile(path: plain, .create)
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    var total = 0
    while true {
      let count = try bytes.withUnsafeMutableBytes { try reader.read(into: $0) }
      total += count
      guard total <= limit else {
        throw DataError(
          .malformed, path: path, expected: "at most \(limit) bytes unpacked", found: "more")
      }
      try bytes.withUnsafeBytes { try file.write(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
      if count < bytes.count { return }
    }
  }

  /// Checks that the archive holds the members that are wanted, each name once, and no other name.
  private func check(_ names: [String], in path: String) throws {
    var expected = Dictionary(
      uniqueKeysWithValues: members.map { ("\(folderName)/\($0.name)", $0.isWanted) })
    expected["\(folderName)/"] = false
    for name in names {
      guard expected.removeValue(forKey: name) != nil else {
        throw DataError(
          .malformed, path: path,
          expected:
            "only \(members.map(\.name).joined(separator: ", ")) in \(folderName), each once",
          found: "“\(name)”")
      }
    }
    if let missing = expected.filter(\.value).keys.min() {
      throw DataError(
        .malformed, path: path, expected: "\(missing) in the archive", found: "an archive without")
    }
  }
}

/// A tar archive, read by tar.
private struct TarArchive {
  let program: String
  let path: String
  /// What an error calls the archive.
  let name: String
  /// The file for what tar says.
  let messages: String

  /// The names of the entries.
  ///
  /// - Parameter limit: The most bytes that they may have together.
  func names(limit: Int) throws -> [String] {
    var text: [UInt8] = []
    try read(["-t"]) { piece in
      text += piece
      guard text.count <= limit else { throw malformed("names of \(limit) bytes", "more") }
    }
    return String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// Hands on the content of an entry.
  func forEachPiece(
    of entry: String, sizes: ClosedRange<Int>, _ take: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    var count = 0
    func check(_ isRight: Bool) throws {
      let size = sizes.count == 1 ? "" : "at most "
      guard isRight else {
        throw malformed("\(size)\(sizes.upperBound) bytes in \(entry)", "another size")
      }
    }
    try read(["-x", "-O", entry]) { piece in
      count += piece.count
      try check(count <= sizes.upperBound)
      try take(piece)
    }
    try check(sizes.contains(count))
  }

  private func read(
    _ arguments: [String], _ take: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let ending = try readProgram(
      program, ["-f", path] + arguments, errorsTo: messages, patience: .seconds(60), take)
    guard ending == .exited(0) else {
      throw malformed(
        "a whole tar archive", lastLine(of: messages).map { "“\($0)”" } ?? "\(ending)")
    }
  }

  private func malformed(_ expected: String, _ found: String) -> DataError {
    DataError(.malformed, path: name, expected: expected, found: found)
  }
}
