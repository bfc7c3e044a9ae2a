import CLibrary
import Foundation
import Strata
import StrataLab
import TestSupport

/// A web server on 127.0.0.1 that has one file and answers each request as it is told.
///
/// `@unchecked Sendable`: what changes is behind a lock.
final class TestServer: @unchecked Sendable {
  /// What is done with one request.
  enum Answer: Sendable {
    /// The file, or the range of it that was asked for; 416 for a range behind its end.
    case serve
    /// The whole file, whatever was asked for.
    case ignoreRange
    /// The head of the whole answer, and so many bytes of its body.
    case breakOff(after: Int)
    /// Part of the file that was not asked for.
    case wrongRange
    /// The file without saying how long it is.
    case withoutLength
    /// The file, called compressed on the way, as some servers call every archive.
    case calledCompressed
    /// The head and so many bytes, and then nothing until the client gives up.
    case stall(after: Int)
    /// Another address.
    case redirect(to: String)
    /// This status and no file.
    case status(Int)
  }

  let url: String
  private let content: [UInt8]
  private let listener: Int32
  private let state: Locked<(answers: [Answer], ranges: [String?])>

  /// Starts to serve; the last answer is given to all later requests.
  init(_ content: [UInt8], _ answers: [Answer]) throws {
    self.content = content
    state = Locked((answers, []))
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let listener = listener
    let status = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, length) + listen(listener, 8) + getsockname(listener, $0, &length)
      }
    }
    guard status == 0 else { throw POSIXError(.EADDRNOTAVAIL) }
    url = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))/archive.tar.gz"
    Thread.detachNewThread { [weak self] in
      while true {
        let client = accept(listener, nil, nil)
        guard client >= 0 else { return }
        self?.answer(client)
        close(client)
      }
    }
  }

  deinit {
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }

  /// The Range header of each request so far.
  var ranges: [String?] { state.withLock { $0.ranges } }

  private func answer(_ client: Int32) {
    let range = Self.readRange(client)
    let answer = state.withLock { state in
      state.ranges.append(range)
      return state.answers.count > 1 ? state.answers.removeFirst() : state.answers[0]
    }
    let start = range.flatMap { Int($0.dropFirst("bytes=".count).dropLast()) } ?? 0
    let total = content.count
    switch answer {
    case .serve where start >= total && start > 0:
      send(client, head: "416 Range Not Satisfiable", "Content-Range: bytes */\(total)", body: [])
    case .serve where start > 0:
      send(
        client, head: "206 Partial Content", "Content-Range: bytes \(start)-\(total - 1)/\(total)",
        "Content-Length: \(total - start)", body: content[start...])
    case .serve, .ignoreRange:
      send(client, head: "200 OK", "Content-Length: \(total)", body: content[...])
    case .breakOff(let count) where start > 0:
      send(
        client, head: "206 Partial Content", "Content-Range: bytes \(start)-\(total - 1)/\(total)",
        "Content-Length: \(total - start)", body: content[start...].prefix(count))
    case .breakOff(let count):
      send(client, head: "200 OK", "Content-Length: \(total)", body: content.prefix(count))
    case .wrongRange:
      send(
        client, head: "206 Partial Content", "Content-Range: bytes 1-\(total - 1)/\(total)",
        body: content[1...])
    case .withoutLength: send(client, head: "200 OK", body: content[...])
    case .calledCompressed:
      send(
        client, head: "200 OK", "Content-Length: \(total)", "Content-Encoding: gzip",
        body: content[...])
    case .stall(let count):
      send(client, head: "200 OK", "Content-Length: \(total)", body: content.prefix(count))
      var byte: UInt8 = 0
      while recv(client, &byte, 1, 0) > 0 {}
    case .redirect(let address):
      send(client, head: "302 Found", "Location: \(address)", "Content-Length: 0", body: [])
    case .status(let code): send(client, head: "\(code) Status", "Content-Length: 0", body: [])
    }
  }

  private func send(_ client: Int32, head: String, _ lines: String..., body: ArraySlice<UInt8>) {
    let text = (["HTTP/1.1 \(head)", "Connection: close"] + lines).joined(separator: "\r\n")
    for bytes in [Array((text + "\r\n\r\n").utf8), Array(body)] {
      var sent = 0
      while sent < bytes.count {
        let count = bytes[sent...].withUnsafeBytes {
          Glibc.send(client, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        if count <= 0 { return }
        sent += count
      }
    }
  }

  private static func readRange(_ client: Int32) -> String? {
    var request: [UInt8] = []
    var byte: UInt8 = 0
    while !request.suffix(4).elementsEqual("\r\n\r\n".utf8), recv(client, &byte, 1, 0) == 1 {
      request.append(byte)
    }
    let line = String(decoding: request, as: UTF8.self).split(whereSeparator: \.isNewline)
      .first { $0.lowercased().hasPrefix("range: ") }
    return line.map { String($0.dropFirst("range: ".count)) }
  }
}
