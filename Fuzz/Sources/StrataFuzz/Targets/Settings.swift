@testable import Strata
@testable import StrataLab

func readRecipe(_ bytes: [UInt8]) {
  let file = MemoryFile(bytes)
  var recipe = Recipe()
  guard accepted({ try recipe.apply(contentsOfFile: file.path) }) != nil else { return }
  var again = Recipe()
  require(
    accepted { try again.apply(yaml: recipe.yaml, name: "written") } != nil
      && again.yaml == recipe.yaml,
    "the recipe read again")
}

/// The value of the setting whose number is the first byte.
func readSettings(_ bytes: [UInt8]) {
  guard let first = bytes.first else { return }
  let key = RecipeKey.allCases[Int(first) % RecipeKey.allCases.count]
  var recipe = Recipe()
  let text = String(decoding: bytes.dropFirst(), as: UTF8.self)
  guard accepted({ try recipe.set(key, to: text) }) != nil else { return }
  guard let written = recipe.value(of: key) else { fatalError("a value that was set") }
  var again = Recipe()
  require(
    accepted { try again.set(key, to: written.option) } != nil
      && again.value(of: key) == written,
    "the value read again")
}

/// A setting of final runs, or a dimension of a search, of which trials are drawn.
func readSearch(_ bytes: [UInt8]) {
  let text = String(decoding: bytes, as: UTF8.self)
  var request = SearchRequest(base: Recipe(), over: ["lambda=log:1e-5..1e-1"])
  (request.finalists, request.final) = (2, [text])
  if let runs = accepted({ try SearchPlan(request) })?.finals {
    let parts = FinalRuns.parts(of: runs)
    require(FinalRuns.read(from: StudyIdentity(parts)) == .some(runs), "the setting read again")
  }
  guard let dimension = accepted({ try SearchDimension(text) }) else { return }
  require(
    accepted { try SearchDimension(dimension.description) } == dimension, "the dimension read again"
  )
  guard let space = accepted({ try SearchSpace([dimension]) }) else { return }
  let grid = accepted { try space.grid(atMost: 20) } ?? []
  for values in grid + (0..<4).map({ space.draw(seed: 1, trial: $0) }) {
    var recipe = Recipe()
    for value in values {
      require(
        accepted { try recipe.set(value.key, to: value.text) } != nil, "a value of the setting")
    }
  }
}
