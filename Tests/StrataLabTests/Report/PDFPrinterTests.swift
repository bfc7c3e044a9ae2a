import Foundation
import StrataLab
import TestSupport
import Testing

@Suite("PDFPrinter")
struct PDFPrinterTests {
  /// A folder with a program in it that a shell runs.
  private func programs(_ name: String, _ script: String) throws -> ScratchFolder {
    let folder = try ScratchFolder()
    try writeScript(script, to: folder[name])
    return folder
  }

  private func outcome(
    _ name: String, _ script: String, limit: Duration = .seconds(60)
  ) throws -> PDFPrinter.Outcome {
    let folder = try programs(name, script)
    return PDFPrinter(path: "/nowhere:" + folder.path, limit: limit).print("<p>page</p>")
  }

  @Test("the program gets the page and its PDF comes back")
  func weasyprint() throws {
    let script = "printf '%%PDF-' > \"$4\"; cat \"$3\" >> \"$4\""
    #expect(
      try outcome("weasyprint", script)
        == .printed(Array("%PDF-<p>page</p>".utf8), by: "weasyprint"))
  }

  @Test("Chromium gets an address and an option")
  func chromium() throws {
    let script = """
      for word; do
        case "$word" in
          --print-to-pdf=*) output=${word#*=} ;;
          file://*) page=${word#file://} ;;
        esac
      done
      printf '%%PDF-' > "$output"; cat "$page" >> "$output"
      """
    #expect(
      try outcome("chromium", script) == .printed(Array("%PDF-<p>page</p>".utf8), by: "chromium"))
  }

  @Test("without a program there is no PDF, and no error")
  func noProgram() throws {
    #expect(try outcome("another", "true") == .noProgram)
    #expect(PDFPrinter(path: "").print("") == .noProgram)
  }

  @Test(
    "a program that fails says why, in one line",
    arguments: [
      ("echo one >&2; echo ' two ' >&2; exit 3", "the exit code 3 and “ two ”"),
      ("exit 4", "the exit code 4"), ("true", "made no PDF"),
      ("printf hello > \"$4\"", "made no PDF"), ("kill -9 $$", "signal 9"),
    ])
  func failures(_ script: String, _ reason: String) throws {
    guard case .failed(let text) = try outcome("weasyprint", script) else {
      Issue.record("it did not fail")
      return
    }
    #expect(text.contains(reason) && text.hasPrefix("weasyprint"))
  }

  @Test("a program that hangs is ended")
  func hangs() throws {
    #expect(
      try outcome("weasyprint", "exec sleep 600", limit: .milliseconds(200))
        == .failed("weasyprint did not finish within 0.2 s"))
  }

  @Test("nothing is left among the temporary files")
  func cleanUp() throws {
    let folder = try programs("weasyprint", "echo \"$4\" > \"$(dirname \"$0\")/place\"; exit 1")
    _ = PDFPrinter(path: folder.path).print("")
    let place = String(
      decoding: try Data(contentsOf: URL(filePath: folder["place"])), as: UTF8.self)
    #expect(place.hasSuffix("/page.pdf\n"))
    let scratch = URL(filePath: String(place.dropLast())).deletingLastPathComponent().path
    #expect(!FileManager.default.fileExists(atPath: scratch))
  }
}
