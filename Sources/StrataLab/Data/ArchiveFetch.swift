import Foundation
import Glibc
import Strata

/// Downloads an archive, checks it, and puts its folder into place.
///
/// The bytes go to `NAME.part`, which a later call continues; the members go to a hidden folder,
/// which takes its name when it is whole. Whatever happens, the folder of the data set is whole,
/// or as it was.
package struct ArchiveFetch: Sendable {
  /// What a call did.
  package enum Outcome: Sendable, Hashable {
    /// The data set was there already, and is as it should be.
    case alreadyThere
    /// The data set was downloaded.
    case fetched
  }

  /// The address of the official archive of CIFAR-10.
  package static let cifar10URL = "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"
  /// The MD5 of the official archive of CIFAR-10.
  package static let cifar10MD5 = "c32a1d4ab5d03f1284b67883e8d87530"

  /// Where the data set is when all went well.
  package var target: String { path(folder, unpacker.folderName) }

  private let url: URL
  private let md5: String
  private let folder: String
  private let unpacker: ArchiveUnpacker
  private let isSound: @Sendable (String) -> Bool
  /// Seconds without a byte after which a server is given up.
  package var patience = 60.0
  /// Seconds to wait before a connection that broke off is tried again.
  package var pause = 1.0

  private static let greatestAttempts = 20

  /// Prepares to fetch CIFAR-10 into a folder, which is made if need be.
  ///
  /// - Throws: `ConfigurationError` for an address or a sum that cannot be one.
  package static func cifar10(
    url: String = cifar10URL, md5: String = cifar10MD5, folder: String
  ) throws -> ArchiveFetch {
    try ArchiveFetch(url: url, md5: md5, folder: folder, unpacker: .cifar10) { folder in
      DatasetVerification(.cifar10(folder: folder)).findings.allSatisfy { $0.verdict == .ok }
    }
  }

  package init(
    url: String, md5: String, folder: String, unpacker: ArchiveUnpacker,
    isSound: @escaping @Sendable (String) -> Bool
  ) throws {
    guard let address = URL(string: url), ["http", "https"].contains(address.scheme?.lowercased()),
      address.host != nil
    else {
      throw ConfigurationError(
        setting: "url", expected: "an address that starts with http:// or https://", found: url)
    }
    guard md5.utf8.count == 32, md5.allSatisfy({ $0.isASCII && $0.isHexDigit }) else {
      throw ConfigurationError(setting: "md5", expected: "32 hexadecimal digits", found: md5)
    }
    self.url = address
    self.md5 = md5.lowercased()
    self.folder = folder
    self.unpacker = unpacker
    self.isSound = isSound
  }

  /// Downloads, checks and unpacks, unless the data set is there.
  ///
  /// - Parameter progress: Called as bytes come, on another thread.
  /// - Throws: `DataError` that says what to download by hand and where to put it.
  package func run(
    progress: @escaping @Sendable (DownloadProgress) -> Void
  ) throws -> Outcome {
    if FileStatus(path: target) == .folder && isSound(target) { return .alreadyThere }
    try refuseForeignFiles()
    try Folder.create(folder)
    let part = try OutputFile(path: partPath, .append)
    guard part.lock() else {
      throw DataError(
        .inputOutput, path: partPath, expected: "a file that nobody else writes",
        found: "another process that downloads it", hint: "wait for it")
    }
    do {
      defer { if partLength == 0 { unlink(partPath) } }
      try download(into: part, progress: progress)
    } catch let error as DataError where error.path == url.absoluteString {
      let again = error.kind == .inputOutput ? "run the command again to continue, or " : ""
      throw DataError(
        error.kind, path: error.path, expected: error.expected, found: error.found,
        hint: again + "download the archive in another way and unpack it so that \(target) is "
          + "there")
    }
    try unpack()
    return .fetched
  }

  /// A folder that is not sound is replaced, but not if something else would be lost with it.
  private func refuseForeignFiles() throws {
    let foreign = Set(Folder.names(in: target)).subtracting(unpacker.members.map(\.name))
    guard let name = foreign.min() else { return }
    throw DataError(
      .inputOutput, path: target, expected: "no files but those of the data set", found: name,
      hint: "this folder is damaged: move it away and run the command again")
  }

  /// Downloads until the MD5 is right.
  ///
  /// Bytes from an earlier call may be another file's; then the download is started over, once.
  private func download(
    into part: OutputFile, progress: @escaping @Sendable (DownloadProgress) -> Void
  ) throws {
    let isContinued = partLength > 0
    try receive(into: part, progress: progress)
    var found = partLength == 0 ? "no bytes" : try Digest.md5.hexadecimal(ofFile: partPath)
    if found != md5 && isContinued {
      try part.truncate()
      try receive(into: part, progress: progress)
      found = partLength == 0 ? "no bytes" : try Digest.md5.hexadecimal(ofFile: partPath)
    }
    guard found == md5 else {
      unlink(partPath)
      throw DataError(
        .malformed, path: url.absoluteString, expected: "an archive with the MD5 \(md5)",
        found: found)
    }
  }

  /// Continues after each break, as long as every attempt brings some bytes.
  private func receive(
    into part: OutputFile, progress: @escaping @Sendable (DownloadProgress) -> Void
  ) throws {
    let request = HTTPDownload(url: url, patience: patience)
    for attempt in 1... {
      let existing = partLength
      guard
        case .brokenOff(let reason) = try request.run(
          into: part, existing: existing, progress: progress)
      else { break }
      if partLength <= existing || attempt == Self.greatestAttempts { throw reason }
      Thread.sleep(forTimeInterval: pause)
    }
    try part.synchronize()
  }

  /// Writes the members into a hidden folder and gives it the data set's name.
  private func unpack() throws {
    let hidden = path(folder, ".\(unpacker.folderName).new")
    do {
      try unpacker.unpack(partPath, into: hidden)
    } catch let error as DataError {
      if error.kind == .malformed { unlink(partPath) }
      throw error
    }
    do {
      try Folder.replace(target, with: hidden)
    } catch {
      Folder.removeFlat(hidden)
      throw error
    }
    unlink(partPath)
  }

  /// The archive while it is not whole, under the last part of its address.
  private var partPath: String {
    let name = url.lastPathComponent
    let isUsable = !["", "/", ".", ".."].contains(name) && !name.contains("/")
    return path(folder, (isUsable ? name : unpacker.folderName + ".tar.gz") + ".part")
  }

  private var partLength: Int {
    if case .file(let bytes) = FileStatus(path: partPath) { bytes } else { 0 }
  }
}
