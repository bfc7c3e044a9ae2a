import Foundation
import Testing

@Suite("Recipe files on the command line")
struct RecipeFileTests {
  private func train(_ recipe: String) throws -> (result: ProcessResult, bench: Workbench) {
    let bench = try Workbench()
    try bench.write(recipe, to: "recipe.yaml")
    return (try bench.run("train", "recipe.yaml", "--output", "run"), bench)
  }

  @Test("a recipe trains")
  func trains() throws {
    let (result, bench) = try train(
      """
      # a comment
      data: tiny
      hidden: [8, 4]
      validation: 10
      batch-size: 10
      schedule: constant
      epochs: 2
      shuffle: false
      """)
    #expect(result.status == 0, "\(result.errors)")
    let recipe = try bench.text("run/recipe.yaml")
    #expect(recipe.contains("\nhidden: [8, 4]\n"))
    #expect(recipe.contains("\nshuffle: false\n"))
  }

  @Test("changes to images may be a list, as widths may")
  func lists() throws {
    let (result, bench) = try train(
      """
      data: tiny
      hidden: none
      augment: [flip, "shift:2"]
      validation: 10
      batch-size: 10
      schedule: constant
      epochs: 1
      """)
    #expect(result.status == 0, "\(result.errors)")
    #expect(try bench.text("run/recipe.yaml").contains("\naugment: \"flip,shift:2\"\n"))
    let (nested, _) = try train("data: tiny\naugment: [[flip]]\n")
    #expect(nested.errors.contains("line 2, column 11: expected a single word, found a list"))
  }

  @Test("an option that takes normalization or layers away takes along what depends on them")
  func dependents() throws {
    let (_, bench) = try train(
      """
      data: tiny
      hidden: 8
      dropout: 0.5
      precise-statistics: 20
      validation: 10
      batch-size: 10
      schedule: constant
      epochs: 1
      """)
    #expect(try bench.text("run/recipe.yaml").contains("\nprecise-statistics: 20\n"))
    for (name, options) in [
      ("plain", ["--batch-norm", "none"]), ("linear", ["--hidden", "none"]),
    ] {
      let result = try runStrata(
        ["train", "recipe.yaml", "--output", name] + options, in: bench.folder)
      #expect(result.status == 0, "\(result.errors)")
      #expect(try !bench.text("\(name)/recipe.yaml").contains("precise-statistics"))
    }
    #expect(try bench.text("plain/recipe.yaml").contains("\ndropout: 0.5\n"))
    #expect(try bench.text("linear/recipe.yaml").contains("\ndropout: 0.0\n"))
  }

  @Test("an unknown key: 64 with line, column and the nearest name")
  func unknownKey() throws {
    let (result, bench) = try train("data: tiny\nhiden: 8\n")
    #expect(result.status == 64)
    #expect(result.errors.contains("recipe.yaml, line 2, column 1"))
    #expect(result.errors.contains("\"hiden\"; the nearest name is hidden."))
    #expect(bench.names(in: "run") == nil)
  }

  @Test("a missing recipe: 66; a folder: 66; a bad value: 64 with its place")
  func unusable() throws {
    let bench = try Workbench()
    #expect(try bench.run("train", "none.yaml").status == 66)
    let folder = try bench.run("train", "tiny")
    #expect(folder.status == 66)
    #expect(folder.errors.contains("tiny/recipe.yaml"))
    let (result, _) = try train("data: tiny\nlambda: many\n")
    #expect(result.status == 64)
    #expect(result.errors.contains("line 2, column 9: lambda: expected a finite number"))
  }

  @Test("a recipe remembers the data folder and the weights from the root of the file system")
  func places() throws {
    let bench = try Workbench()
    let sets = bench.url("sets")
    try FileManager.default.createDirectory(at: sets, withIntermediateDirectories: false)
    try FileManager.default.copyItem(
      at: bench.url("tiny"), to: sets.appending(path: "fashion-mnist"))
    try bench.train(output: "start")
    let first = try bench.run(
      "train", "--data", "fashion-mnist", "--data-dir", "sets", "--hidden", "8", "--batch-size",
      "10", "--epochs", "4", "--initial-weights", "start/model.safetensors", "--output", "run")
    #expect(first.status == 0, "\(first.errors)")
    let again = try runStrata(
      ["train", bench.url("run/recipe.yaml").path, "--output", "again"], in: sets)
    #expect(again.status == 0, "\(again.errors)")
    #expect(try bench.data("run/metrics.csv") == (try bench.data("sets/again/metrics.csv")))
    #expect(try runStrata(["evaluate", "again"], in: sets).status == 0)
  }
}
