import Foundation
import StrataLab
import Testing

@Suite("Help and version")
struct HelpTests {
  @Test(
    "every command shows an example",
    arguments: [
      "train", "search", "evaluate", "reproduce", "report", "doctor", "gradcheck", "data",
      "inspect",
    ])
  func examples(_ command: String) throws {
    let bench = try Workbench()
    let result = try bench.run(command, "--help")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("strata \(command)"))
    #expect(result.output.lowercased().contains("example"))
    #expect(result.errors.isEmpty)
  }

  @Test("every setting of a recipe is an option of train with its default")
  func settings() throws {
    let bench = try Workbench()
    let result = try bench.run("train", "--help")
    let help = result.output.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    for key in RecipeKey.allCases where key != .shuffle {
      #expect(help.contains("--\(key.rawValue) <\(key.setting.valueName)>"), "\(key)")
      #expect(help.contains("\(key.setting.help) (default: \(key.setting.defaultText))"), "\(key)")
    }
    #expect(help.contains("--shuffle/--no-shuffle"))
  }

  @Test("every option of train reaches the recipe")
  func reachesRecipe() throws {
    let bench = try Workbench()
    for key in RecipeKey.allCases where key != .shuffle {
      let result = try bench.run("train", "--\(key.rawValue)", "\u{1}?", "--data", "tiny")
      #expect(result.status != 0, "\(key)")
      let isName = [.data, .dataDirectory, .initialWeights, .output].contains(key)
      #expect(isName || result.errors.contains("strata: \(key.rawValue): expected"), "\(key)")
    }
  }

  @Test("--version prints the newest version of the changelog")
  func version() throws {
    let changelog = try String(
      contentsOf: URL(filePath: #filePath).appending(path: "../../../CHANGELOG.md").standardized,
      encoding: .utf8)
    let headings = changelog.split(separator: "\n").filter { $0.hasPrefix("## ") }
    let newest = try #require(headings.first { $0 != "## Unreleased" })
    let version = try Workbench().run("--version").output.trimmingCharacters(in: .newlines)
    #expect(newest.wholeMatch(of: /## (\S+) - \d{4}-\d{2}-\d{2}/)?.1 == version[...])
  }

  @Test("an unknown command ends with 64")
  func unknownCommand() throws {
    let bench = try Workbench()
    #expect(try bench.run("trian").status == 64)
    #expect(try bench.run("--help").status == 0)
  }
}
