import Foundation
import Testing

@testable import Strata

@Suite("The table of a training's settings")
struct TrainingSettingTests {
  /// A configuration that differs from the default one in every property.
  private static let changed: TrainingConfiguration = {
    var augmentation = Augmentation()
    augmentation.flips = true
    augmentation.rotation = 7.5
    var schedule = Schedule.cyclical(
      minimum: 1e-4, maximum: 0.3, stepSize: 7, cycles: 3, decay: 0.5)
    schedule.shape = .cosine
    schedule.eta = 0.2
    let optimizer = Optimizer(
      .adamw, momentum: 0.8, adamDecays: Optimizer.AdamDecays(mean: 0.8, square: 0.99),
      weightDecay: 0.1)
    return TrainingConfiguration(
      hidden: [7, 3], activation: .gelu, batchNormalization: .after, normalizationEpsilon: 2e-5,
      statisticsDecay: 0.8, initialization: .fixed(0.01), optimizer: optimizer, precision: .bf16,
      schedule: schedule, epochs: 9, updateSteps: 90, batchSize: 8, lambda: 0.01, clipNorm: 3,
      dropout: 0.25,
      augmentation: augmentation, shuffles: false, seed: .max, evaluateEvery: 4)
  }()

  /// The values of the properties, by their names; those of the schedule and the optimizer on their own.
  private func properties(of configuration: TrainingConfiguration) -> [String: String] {
    let nested = ["schedule", "optimizer"]
    let children = Mirror(reflecting: configuration).children.flatMap { child in
      nested.contains(child.label ?? "") ? Array(Mirror(reflecting: child.value).children) : [child]
    }
    return Dictionary(uniqueKeysWithValues: children.map { ($0.label ?? "", "\($0.value)") })
  }

  @Test("the configuration of these tests changes every property there is")
  func changesAll() {
    let changed = properties(of: Self.changed)
    for (name, value) in properties(of: TrainingConfiguration()) {
      #expect(changed[name] != value, "change \(name) in these tests too")
    }
  }

  @Test("every property has one row, by which it is written and read")
  func codable() throws {
    #expect(TrainingSetting.table.count == properties(of: Self.changed).count)
    #expect(Set(TrainingSetting.table.map(\.name)).count == TrainingSetting.table.count)
    let file = try JSONEncoder().encode(Self.changed)
    #expect(try JSONDecoder().decode(TrainingConfiguration.self, from: file) == Self.changed)
    let keys = try #require(JSONSerialization.jsonObject(with: file) as? [String: Any]).keys
    #expect(Set(keys) == Set(TrainingSetting.table.map(\.name)))
  }

  @Test("a setting that a file lacks has its default")
  func missing() throws {
    let file = Data(#"{"hidden": [3], "init": "xavier", "schedule": "one-cycle"}"#.utf8)
    let read = try JSONDecoder().decode(TrainingConfiguration.self, from: file)
    let expected = TrainingConfiguration(
      hidden: [3], initialization: .xavier, schedule: .oneCycle())
    #expect(read == expected)
  }

  @Test("a checkpoint compares every setting but what others say too")
  func compared() throws {
    for setting in TrainingSetting.table {
      var other = TrainingConfiguration()
      if let choice = setting.use?.choices.first {
        try set(setting.use?.setting, choice, in: &other)
      }
      let begun = TrainingSettings(other)
      try copy(setting, from: Self.changed, to: &other)
      let error = Result { try begun.requireSame(as: TrainingSettings(other), isProlonged: false) }
        .failure
      let isCompared = !["cycles", "epochs"].contains(setting.name)
      #expect((error as? ConfigurationError)?.setting == (isCompared ? setting.name : nil))
    }
  }

  @Test("a setting with a range is checked, whatever the others are")
  func ranges() throws {
    let wrong: [String: Any] = [
      "hidden": [0], "normalization-epsilon": 0, "statistics-decay": 1, "init": -1, "eta-min": -1,
      "eta-max": -1, "eta": -1, "step-size": 0, "cycles": 0, "epochs": 0, "cycle-decay": 0,
      "update-steps": 0, "lambda": -1, "clip-norm": 0, "dropout": 1, "momentum": 1,
      "weight-decay": -1, "adam-decays": ["mean": 1, "square": 0.9], "batch-size": 0,
      "evaluate-every": 0,
      "augment": ["flip": true, "shift": -1, "rotate": 0, "brightness": 0, "contrast": 0],
    ]
    #expect(Set(wrong.keys) == Set(TrainingSetting.table.filter { $0.expected != nil }.map(\.name)))
    for (name, value) in wrong {
      let file = try JSONSerialization.data(withJSONObject: [name: value])
      let configuration = try JSONDecoder().decode(TrainingConfiguration.self, from: file)
      let error = #expect(throws: ConfigurationError.self) { try configuration.validate() }
      #expect(error?.setting == name)
    }
  }

  /// Gives a setting the value that it has in another configuration.
  private func copy(
    _ setting: TrainingSetting, from source: TrainingConfiguration,
    to target: inout TrainingConfiguration
  ) throws {
    let text = setting.json(source).text
    try read(#"{"\#(setting.name)": \#(text)}"#, setting.name, into: &target)
  }

  private func set(
    _ name: String?, _ choice: String, in target: inout TrainingConfiguration
  ) throws {
    let name = try #require(name)
    try read(#"{"\#(name)": "\#(choice)"}"#, name, into: &target)
  }

  private func read(
    _ json: String, _ name: String, into target: inout TrainingConfiguration
  ) throws {
    var members = try #require(
      JSONSerialization.jsonObject(with: JSONEncoder().encode(target)) as? [String: Any])
    let value = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    members[name] = value?[name]
    target = try JSONDecoder().decode(
      TrainingConfiguration.self, from: JSONSerialization.data(withJSONObject: members))
  }
}

extension Result {
  fileprivate var failure: Failure? {
    if case .failure(let error) = self { error } else { nil }
  }
}
