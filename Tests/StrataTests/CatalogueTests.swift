import Foundation
import Testing

@Suite("The catalogue of the documentation")
struct CatalogueTests {
  private static let sources = URL(filePath: #filePath)
    .appending(path: "../../../Sources/Strata").standardized

  @Test("every public declaration of a file stands in a topic, and every topic is one")
  func topics() throws {
    let page = Self.sources.appending(path: "Strata.docc/Strata.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    let topics = text.components(separatedBy: "## Topics").dropFirst().joined()
      .matches(of: /- ``(\w+)``/).map { String($0.1) }
    #expect(Set(topics).count == topics.count)
    #expect(try Self.publicNames().sorted() == topics.sorted())
  }

  /// The names of the types and constants that are declared outside others.
  private static func publicNames() throws -> [String] {
    let files = try #require(
      FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)?.allObjects)
    return try files.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
      .flatMap { file in
        try String(contentsOf: file, encoding: .utf8)
          .matches(of: /(?m)^public (?:final )?(?:struct|enum|class|protocol|actor|let|var) (\w+)/)
          .map { String($0.1) }
      }
  }
}
