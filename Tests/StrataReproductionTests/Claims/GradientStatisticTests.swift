import Strata
import StrataLab
import TestSupport
import Testing

@testable import StrataReproduction

@Suite("Numbers of a gradient check")
struct GradientStatisticTests {
  private static func tensor(
    _ name: String, mean: String, maximum: String, zero: String = "null",
    differences: (mean: String, deviation: String, largest: String) = ("0", "0", "0")
  ) -> String {
    """
    {"name": "\(name)", "mean": \(mean), "deviation": null, "maximum": \(maximum),
    "production_maximum": 0.5, "largest_of_zero": \(zero), "gradient": {"mean": 0, "std": 1.5,
    "mean_diff": \(differences.mean), "std_diff": \(differences.deviation),
    "max_diff": \(differences.largest)}}
    """
  }

  /// A check whose numbers are known.
  private func check() throws -> ReproducedCheck {
    let scratch = try ScratchFolder()
    let tensors = [
      Self.tensor("W1", mean: "6e-8", maximum: "2e-7", differences: ("-4e-9", "5e-9", "-3e-9")),
      Self.tensor("b1", mean: "null", maximum: "null", zero: "4e-11"),
      Self.tensor("W2", mean: "2e-8", maximum: "5e-7"),
      Self.tensor("b2", mean: "0", maximum: "0"),
    ]
    let mark = SHA256.hexadecimal(of: "<svg/>")
    let summary = """
      {"passed": true, "tensors": [\(tensors.joined(separator: ",\n"))], "figure_sha256": "\(mark)"}
      """
    try scratch.write(Array(summary.utf8), to: "check/summary.json")
    try scratch.write(Array("<svg/>".utf8), to: "check/figure.svg")
    let gradient = ReproducedGradient("toy") {
      ($0.hidden, $0.batchNormalization) = ([4], .none)
    }
    return try ReproducedCheck(gradient, contentsOf: scratch["check"])
  }

  @Test("each finds its number of the tensor it names")
  func values() throws {
    let check = try check()
    #expect(GradientStatistic.maximum.value(check) == 5e-7)
    #expect(GradientStatistic.maximum(of: "W1").value(check) == 2e-7)
    #expect(GradientStatistic.mean(of: "W1").value(check) == 6e-8)
    #expect(GradientStatistic.largestDifference(of: "W1").value(check) == 3e-9)
    #expect(GradientStatistic.standardDeviation(of: "W1").value(check) == 1.5)
    #expect(GradientStatistic.meanDifference(of: "W1").value(check) == 4e-9)
    #expect(GradientStatistic.differenceDeviation(of: "W1").value(check) == 5e-9)
    #expect(GradientStatistic.largestOfZero("b1").value(check) == 4e-11)
    let ratio = try #require(GradientStatistic.ratio(of: "W1", to: "W2").value(check))
    #expect(abs(ratio - 3) < 1e-12)
  }

  @Test("there is none of a gradient that is 0, nor of a tensor that there is not")
  func missing() throws {
    let check = try check()
    let none: [GradientStatistic] = [
      .maximum(of: "b1"), .mean(of: "b1"), .maximum(of: "W3"), .largestDifference(of: "β1"),
      .meanDifference(of: "β1"), .differenceDeviation(of: "β1"), .standardDeviation(of: "β1"),
      .ratio(of: "b1", to: "W2"), .ratio(of: "W1", to: "b1"), .ratio(of: "W1", to: "b2"),
      .largestOfZero("W1"),
    ]
    for statistic in none { #expect(statistic.value(check) == nil, "\(statistic.name)") }
  }

  @Test("of a check that is made they are those of its errors")
  func made() throws {
    var settings = GradientCheckSettings()
    (settings.hidden, settings.inputs, settings.lambda) = ([5, 4], 6, 0.1)
    let report = try GradientCheckReport(
      settings, on: GradientCheckBatch(randomFor: settings), production: nil)
    let check = ReproducedCheck(ReproducedGradient("toy") { $0 = settings }, report)
    let errors = report.differences.tensors.map(\.errors)
    #expect(GradientStatistic.maximum.value(check) == errors.joined().max())
    let first = errors[0].reduce(0, +) / Double(errors[0].count)
    let mean = try #require(GradientStatistic.mean(of: "W1").value(check))
    #expect(abs(mean - first) < 1e-12 * first)
    let zero = try #require(GradientStatistic.largestOfZero("b1").value(check))
    #expect(zero < 1e-6 && GradientStatistic.maximum(of: "b1").value(check) == nil)
  }
}
