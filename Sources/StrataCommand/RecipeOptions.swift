import ArgumentParser
import StrataLab

/// A setting as it was typed.
struct GivenSetting: Sendable {
  let key: RecipeKey
  let text: String
}

extension Option where Value == GivenSetting? {
  /// The option of a setting: its name and its help come from the table of settings.
  ///
  /// The text is read later, with the recipe's file, so that both give the same errors; for this
  /// the next word is taken even when it begins with a dash, as a negative number does.
  init(_ key: RecipeKey) {
    let setting = key.setting
    self.init(
      name: .customLong(key.rawValue), parsing: .unconditional,
      help: ArgumentHelp(
        "\(setting.help) (default: \(setting.defaultText))", valueName: setting.valueName),
      transform: { GivenSetting(key: key, text: $0) })
  }
}

/// The options that are settings of a recipe, all but where its run goes.
struct RecipeOptions: ParsableArguments {
  @Option(.data) var data: GivenSetting?
  @Option(.dataDirectory) var dataDirectory: GivenSetting?
  @Option(.train) var train: GivenSetting?
  @Option(.validation) var validation: GivenSetting?
  @Option(.hidden) var hidden: GivenSetting?
  @Option(.batchNormalization) var batchNormalization: GivenSetting?
  @Option(.normalizationEpsilon) var normalizationEpsilon: GivenSetting?
  @Option(.statisticsDecay) var statisticsDecay: GivenSetting?
  @Option(.initialization) var initialization: GivenSetting?
  @Option(.optimizer) var optimizer: GivenSetting?
  @Option(.precision) var precision: GivenSetting?
  @Option(.schedule) var schedule: GivenSetting?
  @Option(.etaMinimum) var etaMinimum: GivenSetting?
  @Option(.etaMaximum) var etaMaximum: GivenSetting?
  @Option(.eta) var eta: GivenSetting?
  @Option(.stepSize) var stepSize: GivenSetting?
  @Option(.cycles) var cycles: GivenSetting?
  @Option(.cycleDecay) var cycleDecay: GivenSetting?
  @Option(.epochs) var epochs: GivenSetting?
  @Option(.batchSize) var batchSize: GivenSetting?
  @Option(.lambda) var lambda: GivenSetting?
  @Option(.dropout) var dropout: GivenSetting?
  @Option(.augment) var augment: GivenSetting?
  @Flag(
    inversion: .prefixedNo,
    help: "\(RecipeKey.shuffle.setting.help) (default: --shuffle)")
  var shuffle: Bool?
  @Option(.initialWeights) var initialWeights: GivenSetting?
  @Option(.seed) var seed: GivenSetting?
  @Option(.threads) var threads: GivenSetting?
  @Option(.preciseStatistics) var preciseStatistics: GivenSetting?
  @Option(.adaptiveStatistics) var adaptiveStatistics: GivenSetting?
  @Option(.evaluateEvery) var evaluateEvery: GivenSetting?

  /// What was typed, in the order of the table.
  var given: [(key: RecipeKey, text: String)] {
    let settings = [
      data, dataDirectory, train, validation, hidden, batchNormalization, normalizationEpsilon,
      statisticsDecay, initialization, optimizer, precision, schedule, etaMinimum, etaMaximum, eta,
      stepSize, cycles, cycleDecay, epochs, batchSize, lambda, dropout, augment,
      shuffle.map { GivenSetting(key: .shuffle, text: "\($0)") },
      initialWeights, seed, threads, preciseStatistics, adaptiveStatistics, evaluateEvery,
    ]
    return settings.compactMap { $0.map { ($0.key, $0.text) } }
  }
}
