import Foundation
import Testing

@Suite("The catalogue of the documentation")
struct CatalogueTests {
  private static let sources = URL(filePath: #filePath)
    .appending(path: "../../../Sources/Strata").standardized

  @Test("every public type stands in a topic, and every topic is a public type")
  func topics() throws {
    let page = Self.sources.appending(path: "Strata.docc/Strata.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    let topics = text.components(separatedBy: "## Topics").dropFirst().joined()
      .matches(of: /- ``(\w+)``/).map { String($0.1) }
    #expect(Set(topics).count == topics.count)
    #expect(try Self.publicTypes().sorted() == topics.sorted())
  }

  /// The names of the types that are declared outside others.
  private static func publicTypes() throws -> [String] {
    let files = try #require(
      FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)?.allObjects)
    return try files.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
      .flatMap { file in
        try String(contentsOf: file, encoding: .utf8)
          .matches(of: /(?m)^public (?:final )?(?:struct|enum|class|protocol|actor) (\w+)/)
          .map { String($0.1) }
      }
  }
}
