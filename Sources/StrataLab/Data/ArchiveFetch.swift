import CLibrary
import Foundation
import Strata

/// Downloads an archive with curl, checks it, unpacks it with tar, and puts its folder into place.
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
  /// The SHA-256 of the official archive of CIFAR-10.
  package static let cifar10Digest =
    "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd"
  /// The bytes of the official archive of CIFAR-10.
  private static let cifar10Length = 170_052_171

  /// Where the data set is when all went well.
  package var target: String { path(folder, unpacker.folderName) }

  private let url: URL
  private let digest: String
  private let length: Int?
  private let folder: String
  private let unpacker: ArchiveUnpacker
  private let isSound: @Sendable (String) -> Bool
  /// The server is given up when nothing comes for so long.
  package var patience = Duration.seconds(60)
  /// Seconds to wait before a connection that broke off is tried again.
  package var pause = 1.0

  private static let greatestAttempts = 20

  /// Prepares to fetch CIFAR-10 into a folder, which is made if need be.
  ///
  /// - Throws: `ConfigurationError` for an address or a sum that cannot be one.
  package static func cifar10(
    url: String = cifar10URL, digest: String = cifar10Digest, folder: String
  ) throws -> ArchiveFetch {
    try ArchiveFetch(
      url: url, digest: digest, length: digest == cifar10Digest ? cifar10Length : nil,
      folder: folder, unpacker: .cifar10
    ) { folder in
      DatasetVerification(.cifar10(folder: folder)).findings.allSatisfy { $0.verdict == .ok }
    }
  }

  /// Prepares to fetch an archive with this SHA-256 or MD5 and, where they are known, so many bytes.
  package init(
    url: String, digest: String, length: Int?, folder: String, unpacker: ArchiveUnpacker,
    isSound: @escaping @Sendable (String) -> Bool
  ) throws {
    guard let address = URL(string: url), ["http", "https"].contains(address.scheme?.lowercased()),
      address.host != nil
    else {
      throw ConfigurationError(
        setting: "url", expected: "an address that starts with http:// or https://", found: url)
    }
    guard [Self.md5Digits, 64].contains(digest.utf8.count),
      digest.allSatisfy({ $0.isASCII && $0.isHexDigit })
    else {
      throw ConfigurationError(
        setting: "sha256", expected: "64 hexadecimal digits, or 32 of md5", found: digest)
    }
    self.url = address
    self.digest = digest.lowercased()
    self.length = length
    self.folder = folder
    self.unpacker = unpacker
    self.isSound = isSound
  }

  /// Downloads, checks and unpacks, unless the data set is there.
  ///
  /// - Parameter progress: Called as bytes come.
  /// - Throws: `DataError` that says what to download by hand and where to put it.
  package func run(progress: (DownloadProgress) -> Void) throws -> Outcome {
    if FileStatus(path: target) == .folder && isSound(target) { return .alreadyThere }
    try refuseForeignFiles()
    let curl = try requireProgram("curl", "which downloads the archive")
    _ = try unpacker.tar()
    try Folder.create(folder)
    let part = try OutputFile(path: partPath, .append)
    guard part.lock() else {
      throw DataError(
        .inputOutput, path: partPath, expected: "a file that no other process writes",
        found: "another process that downloads it", hint: "wait for it")
    }
    do {
      defer { if partLength == 0 { unlink(partPath) } }
      try download(
        CurlDownload(program: curl, url: url, length: length, patience: patience), into: part,
        progress: progress)
    } catch let error as DataError where error.path == url.absoluteString {
      let again = error.kind == .inputOutput ? "run the command again to continue, or " : ""
      throw DataError(
        error.kind, path: error.path, expected: error.expected, found: error.found,
        hint: again + "download the archive another way and unpack it as \(target)")
    }
    try unpack()
    return .fetched
  }

  /// A folder that is not sound is replaced, but not if something else would be lost with it.
  private func refuseForeignFiles() throws {
    let foreign = Set(Folder.names(in: target)).subtracting(unpacker.members.map(\.name))
    guard let name = foreign.min() else { return }
    throw DataError(
      .inputOutput, path: target, expected: "only the files of the data set", found: name,
      hint: "this folder is damaged: move it away and run the command again")
  }

  /// Downloads until the digest is right.
  ///
  /// Bytes from an earlier call may be another file's; then the download is started over, once.
  private func download(
    _ request: CurlDownload, into part: OutputFile, progress: (DownloadProgress) -> Void
  ) throws {
    let isContinued = partLength > 0
    var found = try receive(request, into: part, progress: progress)
    if found != digest && isContinued {
      try part.truncate()
      found = try receive(request, into: part, progress: progress)
    }
    guard found == digest else {
      unlink(partPath)
      throw DataError(
        .malformed, path: url.absoluteString,
        expected: "an archive with the \(isMD5 ? "MD5" : "SHA-256") \(digest)",
        found: found)
    }
  }

  /// Continues after each break, as long as every attempt brings some bytes.
  ///
  /// - Returns: The digest of what has come.
  private func receive(
    _ request: CurlDownload, into part: OutputFile, progress: (DownloadProgress) -> Void
  ) throws -> String {
    for attempt in 1... {
      let existing = partLength
      guard let reason = try request.run(into: part, existing: existing, progress: progress) else {
        break
      }
      if partLength <= existing || attempt == Self.greatestAttempts { throw reason }
      Thread.sleep(forTimeInterval: pause)
    }
    try part.synchronize()
    return partLength == 0 ? "no bytes" : try sum(ofFile: partPath)
  }

  private static let md5Digits = 32
  private var isMD5: Bool { digest.utf8.count == Self.md5Digits }

  /// The SHA-256 of a file, or its MD5 where that is given, which the program md5sum computes.
  private func sum(ofFile path: String) throws -> String {
    guard isMD5 else { return try SHA256.hexadecimal(ofFile: path) }
    let program = try requireProgram("md5sum", "which computes the MD5 of the archive")
    var text: [UInt8] = []
    let ending = try readProgram(
      program, [path], errorsTo: "/dev/null", patience: .seconds(60)
    ) { text += $0 }
    // A backslash before the sum says that the name which follows has one.
    let sum = String(decoding: text, as: UTF8.self).drop { $0 == "\\" }.prefix(Self.md5Digits)
    guard ending == .exited(0), sum.utf8.count == Self.md5Digits else {
      throw DataError(
        .inputOutput, path: path, expected: "a sum from md5sum", found: "\(ending)")
    }
    return String(sum)
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
