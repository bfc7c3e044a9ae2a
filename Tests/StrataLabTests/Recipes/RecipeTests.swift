import Strata
import StrataLab
import Testing

@Suite("Recipes")
struct RecipeTests {
  @Test("the default is the assignment's 3-layer network")
  func defaults() {
    let recipe = Recipe()
    #expect(recipe.hidden == [50, 50])
    #expect(recipe.batchNormalization == .before)
    #expect(recipe.statisticsDecay == 0.9)
    #expect(recipe.normalizationEpsilon == 1e-5)
    #expect(recipe.initialization == .he)
    #expect(recipe.batchSize == 100)
    #expect(recipe.schedule.minimum == 1e-5)
    #expect(recipe.schedule.maximum == 1e-1)
    #expect(recipe.lambda == 0.005)
    #expect(recipe.schedule.shape == .cyclical)
    #expect(recipe.schedule.cycles == 2)
    #expect(recipe.schedule.decay == 1)
  }

  @Test("every name belongs to one row of the table")
  func table() {
    let helps = Set(RecipeKey.allCases.map(\.setting.help))
    #expect(helps.count == RecipeKey.allCases.count)
  }

  @Test("a written recipe reads back as itself", arguments: Schedule.Shape.allCases)
  func roundTrip(_ shape: Schedule.Shape) throws {
    var recipe = Recipe()
    let words: [(RecipeKey, String)] = [
      (.data, "/a b/\"c\"\\\u{e9}\n#: &x"), (.train, "7"), (.validation, "0"), (.hidden, "none"),
      (.batchNormalization, "after"), (.normalizationEpsilon, "2.2e-16"),
      (.statisticsDecay, "0.7"), (.initialization, "1e-4"),
      (.etaMinimum, "1e-7"), (.etaMaximum, "123456789012345678"), (.eta, "0.1"),
      (.cycleDecay, "0.3333333333333333"), (.lambda, "5e-324"), (.shuffle, "false"),
      (.initialWeights, "true"), (.seed, "18446744073709551615"), (.threads, "3"),
      (.activation, "gelu"), (.optimizer, "adam"), (.clipNorm, "2.5"), (.dropout, "0.25"),
      (.augment, "flip,shift:3,rotate:7.5,brightness:0.2,contrast:1"),
      (.adaptiveStatistics, "1000,flip"), (.preciseStatistics, "77"),
    ]
    for (key, text) in words { try recipe.set(key, to: text) }
    recipe.schedule.shape = shape
    for text in [recipe.yaml, recipe.json] {
      var copy = Recipe()
      try copy.apply(yaml: text, name: "r")
      // What the schedule does not use is not written.
      copy.schedule.eta = recipe.schedule.eta
      copy.schedule.minimum = recipe.schedule.minimum
      copy.schedule.maximum = recipe.schedule.maximum
      copy.schedule.decay = recipe.schedule.decay
      // Nor does the model file say what its numbers do not depend on.
      if text == recipe.json { copy.threads = recipe.threads }
      #expect(copy == recipe)
    }
  }

  @Test("numbers are written so that every reader of YAML takes them for numbers")
  func numberText() {
    #expect(Recipe().yaml.contains("\neta-min: 1.0e-5\n"))
    #expect(Recipe().yaml.contains("\ncycle-decay: 1.0\n"))
  }

  @Test(
    "changes to images have their ranges",
    arguments: [
      "shift:1001", "rotate:-5", "rotate:181", "brightness:2", "contrast:1.5", "shift", "flip:1",
      "shift:2,shift:3", "turn:3", "", "flip,", "none,flip", "shift:1e2", "rotate:nan",
    ])
  func augmentation(_ text: String) {
    var recipe = Recipe()
    #expect(throws: ConfigurationError.self) { try recipe.set(.augment, to: text) }
  }

  @Test("an option replaces what the file says of the run's length")
  func lengths() throws {
    var recipe = Recipe()
    recipe.schedule.stepSize = 100
    try recipe.apply(options: [(.epochs, "4")])
    #expect(recipe.schedule.stepSize == nil)
    try recipe.apply(options: [(.stepSize, "9")])
    #expect(recipe.epochs == nil)
  }
}
