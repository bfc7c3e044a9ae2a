import Foundation
import Testing

@Suite("The page on extending Strata")
struct ExtendingTests {
  private static let root = URL(filePath: #filePath).appending(path: "../../..").standardized

  /// The files that a section of the page names.
  private func files(of section: String) throws -> [String] {
    let page = Self.root.appending(path: "Sources/Strata/Strata.docc/Extending.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    let part = try #require(
      text.components(separatedBy: "\n### ").first { $0.hasPrefix("\(section)\n") })
    return part.matches(of: /`((?:Sources|Tests|Scripts)\/[^`]+)`/).map { String($0.1) }
  }

  @Test("a setting takes two files, which hold every setting's name")
  func setting() throws {
    let files = try files(of: "A setting")
    #expect(files.count == 2)
    let texts = try files.map {
      try String(contentsOf: Self.root.appending(path: $0), encoding: .utf8)
    }
    for name in ["hidden", "lambda", "dropout", "evaluate-every"] {
      #expect(texts.allSatisfy { $0.contains("\"\(name)\"") || $0.contains("case \(name)\n") })
    }
  }

  @Test(
    "an activation and an optimizer take few files, which hold every one of them",
    arguments: [("An activation", 8, "tanh"), ("An optimizer", 5, "nesterov")])
  func files(section: String, most: Int, name: String) throws {
    let files = try files(of: section).filter { $0.hasPrefix("Sources") }
    #expect((4...most).contains(files.count))
    for file in files {
      let text = try String(contentsOf: Self.root.appending(path: file), encoding: .utf8)
      #expect(text.lowercased().contains(name), "\(file)")
    }
  }

  @Test("every file that the page names is there")
  func there() throws {
    let page = Self.root.appending(path: "Sources/Strata/Strata.docc/Extending.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    for file in text.matches(of: /`((?:Sources|Tests|Scripts)\/[^`]+)`/).map({ String($0.1) }) {
      let path = Self.root.appending(path: file).path
      #expect(FileManager.default.fileExists(atPath: path), "\(file)")
    }
  }
}
