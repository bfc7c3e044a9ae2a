import ArgumentParser
import Foundation
import Strata
import StrataLab
import TestSupport
import Testing

@testable import StrataCommand
@testable import StrataReproduction

@Suite("The commands of the documents' gradient checks")
struct GradientCommandsTests {
  private static let checks = ReproductionDocument.all.flatMap(\.parts).flatMap {
    part -> [ReproducedGradient] in
    if case .gradients(let checks) = part.kind { checks } else { [] }
  }

  private func words(_ check: ReproducedGradient, data: String) throws -> [String] {
    let words = check.command(data: data).split(separator: " ").map(String.init)
    #expect(words.prefix(2) == ["strata", "gradcheck"])
    return Array(words.dropFirst(2))
  }

  @Test("each is read as the settings of its check")
  func settings() throws {
    #expect(Self.checks.count > 10)
    for check in Self.checks {
      let command = try GradientCheckCommand.parse(words(check, data: "cifar10"))
      #expect(try command.settings() == check.settings, "\(check.label)")
      #expect(command.data == (check.usesImages ? "cifar10" : nil))
      #expect(command.inputs == check.settings.inputs)
    }
  }

  @Test("it finds the same errors", arguments: [false, true])
  func errors(usesImages: Bool) throws {
    let scratch = try ScratchFolder()
    var recipe = Recipe()
    try recipe.set(.data, to: "shapes")
    let check = ReproducedGradient("small", usesImages: usesImages) {
      $0.hidden = [6, 5]
      $0.inputs = 8
      $0.samples = 4
      $0.lambda = 0.1
      $0.step = 1e-8
      $0.initialization = .xavier
      $0.batchNormalization = .after
      $0.normalizationEpsilon = 1e-3
      $0.seed = 3
    }
    let part = ReproductionPart("part", "Part", "Text.", .gradients([check]))
    let reproduction = try Reproduction(
      [ReproductionDocument(name: "toy", title: "A toy", parts: [part])], seeds: 3,
      folder: scratch["all"], data: RunData(recipe))
    guard
      case .gradients(let checks) = try reproduction.make(
        jobs: 1, shouldStop: { false }, observe: { _ in })[0]
    else {
      Issue.record("no checks")
      return
    }
    #expect(checks.map(\.gradient.settings.seed) == [1, 2, 3])
    let bench = try Workbench()
    let result = try runStrata(
      ["gradcheck", "--json"] + words(check, data: "shapes"), in: bench.folder)
    #expect(result.status == 0, "\(result.errors)")
    let comparisons = try #require(try JSONValue(parsing: result.output)["comparisons"]?.elements)
    let gradients = comparisons.map { $0["parameters"]?.elements?[0]["gradient"] }
    #expect(
      gradients[0]?.members?.map(\.name).sorted()
        == ["max_diff", "mean", "mean_diff", "std", "std_diff"])
    #expect(gradients[1] == nil)
    let maxima = comparisons.map { comparison in
      (comparison["parameters"]?.elements ?? []).map { $0["maximum"]?.real(Double.self) }
    }
    #expect(
      maxima == [checks[2].tensors.map(\.maximum), checks[2].tensors.map(\.productionMaximum)])
  }
}
