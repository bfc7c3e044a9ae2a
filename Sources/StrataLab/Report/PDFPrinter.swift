import CLibrary
import Foundation
import Strata

/// Makes a PDF of a page with a program that is found when it is needed.
///
/// WeasyPrint comes first: it is made for documents on paper (page numbers, repeated table heads, an
/// outline of the headings), reads nothing but the page and needs no sandbox. Chromium and Chrome,
/// which many people have, do almost as well. wkhtmltopdf is not among them, since it has not been
/// maintained since 2023.
package struct PDFPrinter: Sendable {
  /// The outcome.
  package enum Outcome: Sendable, Hashable {
    /// The file.
    case printed([UInt8], by: String)
    /// No program was found.
    case noProgram
    /// The program did not make a PDF, and why.
    case failed(String)
  }

  /// The programs in the order of preference.
  private static let programs: [Program] = [
    Program(name: "weasyprint") { page, output, _ in
      ["--quiet", "--presentational-hints", page, output]
    },
    Program(name: "chromium", arguments: chromium),
    Program(name: "chromium-headless-shell", arguments: chromium),
    Program(name: "chromium-browser", arguments: chromium),
    Program(name: "google-chrome", arguments: chromium),
  ]

  private let path: String
  private let limit: Duration

  /// Creates a printer.
  ///
  /// - Parameters:
  ///   - path: The folders to look for programs in, between colons.
  ///   - limit: After this time a program is ended.
  package init(
    path: String = ProcessInfo.processInfo.environment["PATH"] ?? "",
    limit: Duration = .seconds(120)
  ) {
    self.path = path
    self.limit = limit
  }

  /// How to get a program that is looked for.
  package static let advice = "install WeasyPrint (Debian: apt-get install weasyprint) or Chromium"

  /// Prints a page.
  package func print(_ html: String) -> Outcome {
    for program in Self.programs {
      guard let file = findProgram(program.name, in: path) else { continue }
      do {
        return try run(program, at: file, on: html)
      } catch {
        return .failed("\(error)")
      }
    }
    return .noProgram
  }

  private func run(_ program: Program, at file: String, on html: String) throws -> Outcome {
    let folder = try TemporaryFolder()
    let page = Strata.path(folder.path, "page.html")
    let output = Strata.path(folder.path, "page.pdf")
    let messages = Strata.path(folder.path, "messages")
    try DurableFile.write(html, to: page)
    let ending = try runProgram(
      file, program.arguments(page, output, folder.path), errorsTo: messages, limit: limit)
    switch ending {
    case .exited(0):
      let bytes = try? readStart(of: output, limit: 1 << 30, expected: "a PDF")
      guard let bytes, bytes.starts(with: Array("%PDF-".utf8)) else {
        return .failed("\(program.name) made no PDF")
      }
      return .printed(bytes, by: program.name)
    case .exited(let status):
      let said = lastLine(of: messages).map { " and “\($0)”" } ?? ""
      return .failed("\(program.name) ended with the exit code \(status)\(said)")
    case .killed(let signal):
      return .failed("\(program.name) was ended by signal \(signal)")
    case .timedOut:
      return .failed(
        "\(program.name) did not finish within "
          + durationText(seconds: limit / .seconds(1)))
    }
  }
}

/// A program that makes PDFs.
private struct Program: Sendable {
  let name: String
  /// Its arguments: the page, the PDF and a folder for its own files.
  let arguments: @Sendable (_ page: String, _ output: String, _ folder: String) -> [String]
}

/// Chromium refuses to run as root inside its sandbox; the page holds no script and loads nothing.
@Sendable private func chromium(_ page: String, _ output: String, _ folder: String) -> [String] {
  (geteuid() == 0 ? ["--no-sandbox"] : []) + [
    "--headless", "--disable-gpu", "--no-first-run", "--no-pdf-header-footer",
    "--user-data-dir=\(Strata.path(folder, "profile"))", "--print-to-pdf=\(output)",
    URL(filePath: page).absoluteString,
  ]
}
