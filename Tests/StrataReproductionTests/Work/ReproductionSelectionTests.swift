import Strata
import StrataLab
import Testing

@testable import StrataReproduction

@Suite("What is selected of the documents")
struct ReproductionSelectionTests {
  private func reproduction(_ names: [String]) throws -> Reproduction {
    try Reproduction(names, seeds: 1, folder: "all", data: Toy.data.get())
  }

  private static let parts = ReproductionDocument.all.flatMap { document in
    document.parts.map { "\(document.name)/\($0.name)" }
  }

  @Test("the folder of the report follows from the parts, not from how they are named")
  func folder() throws {
    let names = ReproductionDocument.all.map(\.name)
    for all in [[], names, names.reversed(), Self.parts, Self.parts + names] {
      #expect(try reproduction(all).reportFolder == "all")
    }
    let some = ["report-2019", "assignment/depth", "report-2019", "report-2019/final"]
    for names in [some, some.reversed()] {
      #expect(try reproduction(names).reportFolder == "all/reports/assignment-depth+report-2019")
    }
  }

  @Test("the name of a folder stays short, and differs with the parts")
  func manyParts() throws {
    let folders = try (1..<Self.parts.count).map {
      try reproduction(Array(Self.parts.prefix($0))).reportFolder
    }
    #expect(Set(folders).count == folders.count)
    #expect(folders.allSatisfy { lastComponent(of: $0).utf8.count <= 100 })
    #expect(folders[folders.count - 1].contains("/\(folders.count)-parts-"))
  }

  @Test(
    "the title says how much of the documents there is",
    arguments: [
      ([], "Five documents"),
      (["report-2019"], "Report on assignment 2 (2019)"),
      (["report-2019/final"], "Parts of “Report on assignment 2 (2019)”"),
      (["report-2019", "assignment"], "2 documents"),
      (["report-2019", "assignment/depth"], "Parts of 2 documents"),
      (
        [
          "assignment/depth", "report-2021/depth", "report-2022/depth", "bonus-2022/deep",
          "report-2019/final",
        ], "Parts of 5 documents"
      ),
    ])
  func title(_ names: [String], _ title: String) throws {
    #expect(try reproduction(names).title == title + ", made again")
  }
}
