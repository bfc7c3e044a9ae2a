import Foundation
import FoundationNetworking
import Strata

/// How far a download is.
package struct DownloadProgress: Sendable, Hashable {
  /// The bytes that are there.
  package let received: Int
  /// The bytes that there will be; `nil` when the server does not say.
  package let total: Int?

  /// Creates a state of a download.
  package init(received: Int, total: Int?) {
    self.received = received
    self.total = total
  }
}

/// One request for a file, whose bytes go to the disk as they come.
///
/// A file that is partly there is continued where it ends (RFC 9110, section 14); a server that
/// answers with the whole file instead starts it over.
struct HTTPDownload {
  /// How a request ended.
  enum Outcome {
    /// The server sent all that there is.
    case complete
    /// The server has no bytes behind those that are there.
    case nothingMore
    /// The connection failed or broke off; what has come by then is in the file.
    case brokenOff(DataError)
  }

  /// The longest file that is accepted.
  static let greatestLength = 1 << 32

  let url: URL
  /// Seconds without a byte after which a server is given up.
  let patience: Double

  /// Appends to the file behind what it has.
  ///
  /// - Throws: `DataError` for an answer other than the file, and when it cannot be written.
  func run(
    into file: OutputFile, existing: Int, progress: @escaping @Sendable (DownloadProgress) -> Void
  ) throws -> Outcome {
    let receiver = Receiver(url: url, file: file, existing: existing, progress: progress)
    let configuration = URLSessionConfiguration.ephemeral
    configuration.timeoutIntervalForRequest = patience
    let session = URLSession(configuration: configuration, delegate: receiver, delegateQueue: nil)
    var request = URLRequest(url: url)
    request.setValue("identity", forHTTPHeaderField: "Accept-Encoding")
    if existing > 0 { request.setValue("bytes=\(existing)-", forHTTPHeaderField: "Range") }
    session.dataTask(with: request).resume()
    defer { session.finishTasksAndInvalidate() }
    return try receiver.wait()
  }
}

/// Takes the answer of the server.
///
/// `@unchecked Sendable`: what changes is in `state`, behind a lock; the file is used by the
/// session's one delegate queue until `finished` is signalled.
private final class Receiver: NSObject, URLSessionDataDelegate, @unchecked Sendable {
  private struct State {
    var received: Int
    var total: Int?
    /// Set once, by what ends the request.
    var outcome: Result<HTTPDownload.Outcome, any Error>?
  }

  private let url: URL
  private let file: OutputFile
  private let existing: Int
  private let progress: @Sendable (DownloadProgress) -> Void
  private let state: Guarded<State>
  private let finished = DispatchSemaphore(value: 0)

  init(
    url: URL, file: OutputFile, existing: Int,
    progress: @escaping @Sendable (DownloadProgress) -> Void
  ) {
    self.url = url
    self.file = file
    self.existing = existing
    self.progress = progress
    state = Guarded(State(received: existing))
  }

  func wait() throws -> HTTPDownload.Outcome {
    finished.wait()
    return try state.withLock { $0.outcome }?.get() ?? .complete
  }

  func urlSession(
    _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
    completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
  ) {
    do {
      if let outcome = try begin(response) { settle(.success(outcome)) }
    } catch {
      settle(.failure(error))
    }
    completionHandler(isSettled ? .cancel : .allow)
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    if isSettled { return }
    do {
      let now = state.withLock { state in
        state.received += data.count
        return DownloadProgress(received: state.received, total: state.total)
      }
      let limit = min(now.total ?? .max, HTTPDownload.greatestLength)
      guard now.received <= limit else { throw refusal("at most \(limit) bytes", "more") }
      try data.withUnsafeBytes { try file.write($0) }
      progress(now)
    } catch {
      settle(.failure(error))
      dataTask.cancel()
    }
  }

  func urlSession(
    _ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?
  ) {
    let (received, total) = state.withLock { ($0.received, $0.total) }
    if let error {
      let reason = (error as NSError).localizedDescription
      settle(.success(.brokenOff(refusal("the file", "“\(reason)” after \(received) bytes"))))
    } else if let total, received != total {
      settle(.success(.brokenOff(refusal("\(total) bytes", "an end after \(received)"))))
    }
    finished.signal()
  }

  /// Looks at the head of the answer, and starts the file over where the server does.
  ///
  /// - Returns: what the head alone decides, if anything.
  private func begin(_ response: URLResponse) throws -> HTTPDownload.Outcome? {
    guard let response = response as? HTTPURLResponse else {
      throw refusal("an answer over HTTP", "another one")
    }
    let answer = try DownloadAnswer(
      status: response.statusCode, existing: existing, address: url.absoluteString,
      field: response.value(forHTTPHeaderField:))
    switch answer {
    case .nothingMore: return .nothingMore
    case .rest(let total): state.withLock { $0.total = total }
    case .whole(let total):
      try file.truncate()
      state.withLock {
        $0.received = 0
        $0.total = total
      }
    }
    return nil
  }

  private var isSettled: Bool { state.withLock { $0.outcome != nil } }

  private func settle(_ outcome: Result<HTTPDownload.Outcome, any Error>) {
    state.withLock { $0.outcome = $0.outcome ?? outcome }
  }

  private func refusal(_ expected: String, _ found: String) -> DataError {
    DataError(.inputOutput, path: url.absoluteString, expected: expected, found: found)
  }
}
