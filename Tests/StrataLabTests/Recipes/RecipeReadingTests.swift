import Strata
import StrataLab
import Testing

@Suite("Recipes in YAML")
struct RecipeReadingTests {
  private func read(_ yaml: String) throws -> Recipe {
    var recipe = Recipe()
    try recipe.apply(yaml: yaml, name: "r")
    return recipe
  }

  /// The sentence that a recipe is refused with.
  private func refusal(_ yaml: String) -> String? {
    do {
      _ = try read(yaml)
      return nil
    } catch {
      return error is ConfigurationError ? "\(error)" : "another error: \(error)"
    }
  }

  @Test(
    "hidden layers can be a list, a text or none",
    arguments: [
      ("hidden: [50, 30]", [50, 30]), ("hidden: 50,30", [50, 30]), ("hidden: 50, 30", [50, 30]),
      ("hidden:\n- 50\n- 30", [50, 30]), ("hidden: none", []), ("hidden: []", []),
      ("hidden: 7", [7]), ("{\"hidden\": [7]}", [7]),
    ])
  func hidden(_ yaml: String, _ widths: [Int]) throws {
    #expect(try read(yaml).hidden == widths)
  }

  @Test("an empty recipe changes nothing", arguments: ["", "\n", "# nothing\n", "---\n", "{}"])
  func empty(_ yaml: String) throws {
    #expect(try read(yaml) == Recipe())
  }

  @Test("numbers are decimal", arguments: ["1e-3", "0.001", "1.0E-3", ".001", "\"0.001\""])
  func numbers(_ text: String) throws {
    #expect(try read("lambda: \(text)").lambda == 0.001)
  }

  @Test(
    "what other readers take for a number is refused",
    arguments: [
      "seed: 010", "seed: 0x10", "seed: 1_000", "seed: 1:30", "seed: +1", "lambda: .inf",
      "lambda: .nan", "lambda: 1:30", "lambda: 0x1", "seed: 1.0", "seed: ~", "seed:", "epochs: -3",
      "shuffle: yes", "shuffle: off", "shuffle: 1", "shuffle: True",
    ])
  func notNumbers(_ yaml: String) throws {
    #expect(
      refusal(yaml)?.hasPrefix("r, line 1, column ") == true, "\(refusal(yaml) ?? "accepted")")
  }

  @Test(
    "what is no recipe is refused with its place",
    arguments: [
      ("hidden", "r, line 1, column 1: expected settings"),
      ("- hidden", "r, line 1, column 1: expected settings"),
      (
        "seed: 1\nsede: 2",
        "r, line 2, column 1: expected the name of a setting, found \"sede\"; "
          + "the nearest name is seed."
      ),
      (
        "seed: 1\r\nlambda: 0\r\n\"seed\": 2",
        "r, line 3, column 2: expected every setting once, found \"seed\" twice"
      ),
      ("{seed: 1, seed: 2}", "expected every setting once, found \"seed\" twice"),
      ("{seed: 1,\n  seed: 2, seed: 3}", "r, line 2, column 3: expected every setting once"),
      ("seed:\n" + String(repeating: "[", count: 500_000), "r, line 2"),
      (String(repeating: "- ", count: 500_000), "r, line 1"),
      (String(repeating: "? ", count: 500_000), "r, line 1"),
      ("seed: 010", "found \"010\""), ("seed: 1_000", "found \"1_000\""),
      ("lambda: .inf", "found \".inf\""), ("lambda: 1:30", "found \"1:30\""),
      ("lambda: 0x1", "found \"0x1\""), ("seed: !!int 1e3", "found \"1e3\""),
      ("<<: {seed: 1}", "expected one value for <<, found a group of settings"),
      ("seed: [1, 2]", "r, line 1, column 7: expected one value for seed, found a list"),
      ("seed: {a: 1}", "expected one value for seed, found a group of settings"),
      ("hidden: [[1]]", "r, line 1, column 10: expected a width, found a list"),
      ("? [1]\n: 2", "expected the name of a setting, found a list"),
      ("seed: \"1", "r, line 1"), ("seed: 1\n---\nseed: 2", "r, line 2"), ("a: b: c", "r, line 1"),
      ("\tseed: 1", "r, line 1"), ("seed: \u{7}", "expected YAML"),
      ("seed: *one", "r, line 1, column 7: expected plain values, found an anchor or alias"),
      ("seed: &one 1", "r, line 1, column 7: expected plain values"),
      ("a: &x [y]\nb: [*x, *x]", "r, line 1, column 4: expected plain values"),
      ("{seed:*x}", "expected plain values"),
    ])
  func refused(_ yaml: String, _ sentence: String) throws {
    let text = try #require(refusal(yaml))
    #expect(text.contains(sentence), "\(text)")
  }

  @Test("a setting that the schedule does not use is refused with its place")
  func unused() throws {
    var recipe = Recipe()
    let yaml = "hidden: 20\neta: 0.1\n"
    let error = #expect(throws: ConfigurationError.self) {
      try recipe.apply(yaml: yaml, name: "r")
    }
    #expect(error?.setting == "r, line 2, column 1: eta")
    #expect(error?.expected == "no value with the schedule cyclical")
    try recipe.apply(yaml: yaml, name: "r", replaced: [.schedule])
    #expect(recipe.schedule.eta == 0.1)
  }

  @Test("deep nesting ends in a sentence", arguments: ["[", "{", "- ", "? ", "a: {"])
  func deep(_ opening: String) throws {
    #expect(refusal(String(repeating: opening, count: 100_000)) != nil)
  }

  @Test("a recipe longer than the limit is not read")
  func long() throws {
    var recipe = Recipe()
    #expect(throws: ConfigurationError.self) { try recipe.apply(contentsOfFile: "/dev/zero") }
  }
}
