import Strata
import TestSupport
import Testing

@testable import StrataLab

@Suite("The head of a server's answer")
struct DownloadAnswerTests {
  private func answer(
    _ status: Int, existing: Int = 0, _ fields: [String: String] = [:]
  ) throws -> DownloadAnswer {
    try DownloadAnswer(status: status, existing: existing, address: "a") { fields[$0] }
  }

  @Test("the whole file or the rest of it comes, as long as the server says")
  func accepted() throws {
    #expect(try answer(200) == .whole(total: nil))
    #expect(try answer(200, ["Content-Length": "7"]) == .whole(total: 7))
    #expect(try answer(206, existing: 5, ["Content-Range": "bytes 5-9/10"]) == .rest(total: 10))
    let unknown = ["Content-Range": "bytes 5-9/*", "Content-Length": "5"]
    #expect(try answer(206, existing: 5, unknown) == .rest(total: 10))
    #expect(try answer(416, existing: 5) == .nothingMore)
  }

  @Test("lengths that are none, or too long to count, say nothing")
  func lengths() throws {
    for length in ["-1", "x", "99999999999999999999", ""] {
      #expect(try answer(200, ["Content-Length": length]) == .whole(total: nil))
    }
    let endless = ["Content-Range": "bytes 5-9/*", "Content-Length": "\(Int.max)"]
    #expect(try answer(206, existing: 5, endless) == .rest(total: nil))
  }

  @Test(
    "other answers are refused with what they say",
    arguments: [
      (404, 0, "", "HTTP status 404"), (410, 0, "", "HTTP status 410"),
      (416, 0, "", "HTTP status 416"), (302, 0, "", "HTTP status 302"),
      (206, 5, "bytes 4-9/10", "bytes 4-9/10"), (206, 5, "bytes */10", "bytes */10"),
      (206, 5, "5-9/10", "5-9/10"), (206, 5, "bytes 05-9/10", "05"),
      (206, 5, "bytes 99999999999999999999-9/10", "99999999999999999999"),
    ])
  func refused(status: Int, existing: Int, range: String, found: String) {
    let fields = range.isEmpty ? [:] : ["Content-Range": range]
    let error = dataError { _ = try answer(status, existing: existing, fields) }
    #expect(error?.found.contains(found) == true && error?.path == "a")
    #expect((error?.kind == .notFound) == [404, 410].contains(status))
  }

  @Test("bytes that were changed on the way are refused")
  func encoding() throws {
    #expect(dataError { _ = try answer(200, ["Content-Encoding": "gzip"]) } != nil)
    #expect(try answer(200, ["Content-Encoding": "Identity"]) == .whole(total: nil))
  }
}
