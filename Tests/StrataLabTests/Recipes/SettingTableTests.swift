import Strata
import Testing

@testable import StrataLab

@Suite("The table of a recipe's settings")
struct SettingTableTests {
  @Test("every key has one row, in the order of the keys")
  func rows() {
    #expect(Setting.table.map(\.key) == RecipeKey.allCases)
    #expect(Set(Setting.table.map(\.help)).count == Setting.table.count)
  }

  @Test("every setting of a training but its length in update steps is a setting of a recipe")
  func training() {
    let keys = Set(RecipeKey.allCases.map(\.rawValue))
    let names = Set(TrainingSetting.table.map(\.name))
    #expect(names.subtracting(keys) == ["update-steps"])
    let besides: Set<RecipeKey> = [
      .data, .dataDirectory, .train, .validation, .initialWeights, .threads, .preciseStatistics,
      .adaptiveStatistics, .checkpointEvery, .output,
    ]
    #expect(keys.subtracting(names) == Set(besides.map(\.rawValue)))
  }

  @Test("a row sets the training's setting of its name, and no other")
  func names() throws {
    let samples: [RecipeKey: String] = [
      .hidden: "7", .activation: "gelu", .clipNorm: "3", .batchNormalization: "after", .normalizationEpsilon: "1e-4",
      .statisticsDecay: "0.5", .initialization: "xavier", .optimizer: "adam", .precision: "bf16",
      .schedule: "cosine", .etaMinimum: "0.01", .etaMaximum: "0.2", .eta: "0.3", .stepSize: "7",
      .cycles: "3", .cycleDecay: "0.5", .epochs: "4", .batchSize: "9", .lambda: "0.1",
      .dropout: "0.5", .augment: "flip", .shuffle: "false", .seed: "2", .evaluateEvery: "6",
    ]
    for setting in TrainingSetting.table where setting.name != "update-steps" {
      let key = try #require(RecipeKey(rawValue: setting.name))
      var recipe = Recipe()
      try recipe.set(key, to: try #require(samples[key], "add a value of \(key.rawValue)"))
      let changed = TrainingSetting.table.filter {
        $0.json(recipe.training) != $0.json(TrainingConfiguration())
      }
      #expect(changed.map(\.name) == [setting.name])
    }
  }

  @Test("a default is accepted by its own row, and stated by the help page")
  func defaults() throws {
    for setting in Setting.table {
      #expect(!setting.expected.isEmpty, "\(setting.key)")
      guard let value = setting.value(Recipe()) else { continue }
      var recipe = Recipe()
      #expect(setting.assign(&recipe, value.option) && recipe == Recipe(), "\(setting.key)")
    }
  }
}
