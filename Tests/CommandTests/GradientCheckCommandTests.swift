import ArgumentParser
import Strata
import StrataLab
import Testing

@testable import StrataCommand

@Suite struct GradientCheckCommandTests {
  @Test("without options the settings are the laboratory's own")
  func defaults() throws {
    #expect(try GradientCheckCommand.parse([]).settings() == GradientCheckSettings())
  }

  @Test("the folder for the figure is made")
  func folder() throws {
    let bench = try Workbench()
    let result = try bench.run(
      "gradcheck", "--hidden", "3", "--inputs", "4", "--samples", "3", "--output", "new/folder")
    #expect(result.status == 0, "\(result.errors)")
    #expect(bench.names(in: "new/folder") == ["gradcheck.svg"])
  }

  @Test("every option reaches the settings")
  func options() throws {
    let arguments =
      "--hidden 30,7 --inputs 12 --samples 4 --lambda 0.1 --step 1e-6 --epsilon 1e-4 "
      + "--activation tanh --batch-norm after --normalization-epsilon 2.2e-16 --init 0.01 --seed 9"
    let settings = try GradientCheckCommand.parse(arguments.split(separator: " ").map(String.init))
      .settings()
    var expected = GradientCheckSettings()
    expected.hidden = [30, 7]
    expected.inputs = 12
    expected.samples = 4
    expected.lambda = 0.1
    expected.step = 1e-6
    expected.epsilon = 1e-4
    expected.activation = .tanh
    expected.batchNormalization = .after
    expected.normalizationEpsilon = 2.2e-16
    expected.initialization = .fixed(0.01)
    expected.seed = 9
    #expect(settings == expected)
    #expect(try GradientCheckCommand.parse(["--hidden", "none"]).settings().hidden == [])
  }

  @Test(
    "a value that means nothing is refused, with the option's name",
    arguments: [
      ["hidden", "50,x"], ["hidden", "50,,50"], ["hidden", ""], ["batch-norm", "both"],
      ["init", "her"], ["samples", "1"], ["lambda", "nan"], ["step", "0"],
    ])
  func refused(option: [String]) throws {
    let command = try GradientCheckCommand.parse(["--\(option[0])", option[1]])
    let error = #expect(throws: ConfigurationError.self) { try command.settings() }
    #expect(error?.setting == option[0])
  }
}
