import Foundation
import Strata

/// How far a download is.
package struct DownloadProgress: Sendable, Hashable {
  /// The bytes that are there.
  package let received: Int
  /// The bytes that there will be; `nil` where that is not known.
  package let total: Int?

  /// Creates a state of a download.
  package init(received: Int, total: Int?) {
    self.received = received
    self.total = total
  }
}

/// One request for a file by curl, whose bytes go to the disk as they come.
///
/// A file that is partly there is continued where it ends; where the server does not continue files,
/// it is started over.
struct CurlDownload {
  /// The longest file that is accepted where its length is not known.
  private static let greatestLength = 1 << 32

  /// curl's file.
  let program: String
  let url: URL
  /// The file's bytes; `nil` where they are not known.
  let length: Int?
  /// The server is given up when nothing comes for so long.
  let patience: Duration

  /// Appends to the file behind the bytes that it has.
  ///
  /// - Returns: Why the connection failed or broke off; `nil` where the server sent all that it has.
  /// - Throws: `DataError` for an answer other than the file, and when it cannot be written.
  func run(
    into file: OutputFile, existing: Int, progress: (DownloadProgress) -> Void
  ) throws -> DataError? {
    let limit = length ?? Self.greatestLength
    let place = try TemporaryFolder()
    var messages: String { path(place.path, "messages") }
    var received = existing
    let ending = try readProgram(
      program, arguments(existing: existing), errorsTo: messages, patience: patience
    ) { bytes in
      received += bytes.count
      guard received <= limit else { throw refusal("at most \(limit) bytes", "more") }
      try file.write(bytes)
      progress(DownloadProgress(received: received, total: length))
    }
    let message = lastLine(of: messages) ?? "\(ending)"
    switch ending {
    case .exited(0): return nil
    // “curl: (22) The requested URL returned error: 404”; 416 where there is nothing behind `existing`.
    case .exited(22):
      let status = message.split(separator: " ").last.map(String.init) ?? ""
      if status == "416" && existing > 0 { return nil }
      throw refusal(
        "the file", "HTTP status \(status)",
        ["404", "410"].contains(status) ? .notFound : .inputOutput)
    case .exited(33) where existing > 0:
      try file.truncate()
      return try run(into: file, existing: 0, progress: progress)
    default: return refusal("the file", "“\(message)” after \(received) bytes")
    }
  }

  /// No configuration file is read; a server may lead to other servers, but not away from https, and
  /// to no file.
  private func arguments(existing: Int) -> [String] {
    let schemes = url.scheme?.lowercased() == "https" ? "=https" : "=http,https"
    return [
      "--disable", "--silent", "--show-error", "--no-buffer", "--fail", "--globoff", "--location",
      "--proto", schemes, "--proto-redir", schemes,
    ] + (existing > 0 ? ["--continue-at", "\(existing)"] : []) + ["--url", url.absoluteString]
  }

  private func refusal(
    _ expected: String, _ found: String, _ kind: DataError.Kind = .inputOutput
  ) -> DataError {
    DataError(kind, path: url.absoluteString, expected: expected, found: found)
  }
}
