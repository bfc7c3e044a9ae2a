import Glibc
package import Strata

/// Takes the files that it knows, and no others, out of an archive.
///
/// No name from the archive becomes a path: an entry's name is compared with those expected, and a
/// file is written under the expected one.
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
  ///   size; for a member that is missing; and when a file cannot be written. The folder is
  ///   removed then.
  package func unpack(
    _ path: String, into folder: String, files: any FileSystem = SystemFiles()
  ) throws {
    Folder.removeFlat(folder)
    guard mkdir(folder, 0o777) == 0 else {
      throw DataError(writing: folder, errno: errno, expected: "a folder that can be made")
    }
    do {
      try writeMembers(of: path, into: folder, files: files)
      try files.synchronize(folder: folder)
    } catch {
      Folder.removeFlat(folder)
      throw error
    }
  }

  private func writeMembers(of path: String, into folder: String, files: any FileSystem) throws {
    var reader = try TarReader(path: path)
    var missing = members
    while let entry = try reader.next() {
      if entry.kind == .folder && entry.size == 0 && entry.name == folderName + "/" { continue }
      let index = missing.firstIndex { entry.name == folderName + "/" + $0.name }
      guard let index, entry.kind == .file, missing[index].sizes.contains(entry.size) else {
        throw unexpected(entry, path: path)
      }
      let member = missing.remove(at: index)
      guard member.isWanted else { continue }
      let file = try OutputFile(
        path: Strata.path(folder, member.name), .create, files: files)
      try reader.forEachPiece { try file.write($0) }
      try file.finish()
    }
    guard !missing.contains(where: \.isWanted) else {
      let names = missing.filter(\.isWanted).map(\.name).joined(separator: ", ")
      throw DataError(
        .malformed, path: path, expected: "\(names) in the archive", found: "an archive without")
    }
  }

  private func unexpected(_ entry: TarReader.Entry, path: String) -> DataError {
    let member = members.first { entry.name == folderName + "/" + $0.name }
    let kind =
      switch entry.kind {
      case .file: "a file"
      case .folder: "a folder"
      case .other: "a link or device"
      }
    let expected =
      member.map {
        $0.sizes.count == 1
          ? "\($0.name) once, of \($0.sizes.lowerBound) bytes"
          : "\($0.name) once, of at most \($0.sizes.upperBound) bytes"
      } ?? "only \(members.map(\.name).joined(separator: ", ")) in \(folderName)"
    return DataError(
      .malformed, path: path, expected: expected,
      found: "\(kind) “\(entry.name)” of \(entry.size) bytes")
  }
}
