import Strata
import StrataLab
import Testing

@Suite struct GradientCheckSettingsTests {
  @Test("the settings that the command starts from are valid")
  func defaults() throws {
    try GradientCheckSettings().validate()
  }

  @Test("a number out of its range is refused, with its name")
  func refused() throws {
    let changes: [(name: String, change: (inout GradientCheckSettings) -> Void)] = [
      ("samples", { $0.samples = 1 }), ("samples", { $0.samples = 0 }),
      ("samples", { $0.samples = .max }), ("inputs", { $0.inputs = 0 }),
      ("inputs", { $0.inputs = .max }), ("lambda", { $0.lambda = -1 }),
      ("lambda", { $0.lambda = .nan }), ("step", { $0.step = 0 }),
      ("step", { $0.step = .infinity }), ("epsilon", { $0.epsilon = -1e-5 }),
      ("init", { $0.initialization = .fixed(.nan) }),
      ("normalization-epsilon", { $0.normalizationEpsilon = 0 }),
      ("normalization-epsilon", { $0.normalizationEpsilon = 1e-46 }),
      ("normalization-epsilon", { $0.normalizationEpsilon = .infinity }),
      ("samples", { ($0.inputs, $0.samples) = (1_000_000, 1_000) }),
    ]
    for (name, change) in changes {
      var settings = GradientCheckSettings()
      change(&settings)
      let error = #expect(throws: ConfigurationError.self) { try settings.validate() }
      #expect(error?.setting == name)
    }
  }

  @Test("one sample is enough without batch normalization")
  func oneSample() throws {
    var settings = GradientCheckSettings()
    settings.samples = 1
    settings.batchNormalization = .none
    try settings.validate()
    settings.batchNormalization = .before
    settings.hidden = []
    try settings.validate()
  }

  @Test("a network too large to check is refused before anything is allocated")
  func tooLarge() throws {
    var settings = GradientCheckSettings()
    settings.hidden = [Int](repeating: 8192, count: 49)
    let error = #expect(throws: ConfigurationError.self) {
      try settings.architecture(inputs: 3072, classes: 10)
    }
    #expect(error?.setting == "hidden")
  }
}
