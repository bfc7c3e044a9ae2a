import Foundation
import Strata
import StrataLab
import TestSupport
import Testing

@Suite("TestOutcome")
struct TestOutcomeTests {
  @Test("counts and probabilities are those of the reference; the worst mistake comes first")
  func reference() throws {
    let runs = try SampleRuns()
    let model = try FinishedRun(contentsOf: runs.train("run", [.epochs: "1"])).model
    var recipe = Recipe()
    recipe.data = runs.folder["tiny"]
    let test = try RunData(recipe).pair.test
    let outcome = try TestOutcome(of: model, on: test, precision: .float32, threads: 1)

    let inputs = (0..<test.count).flatMap { model.standardization.inputs(of: test.rows[$0]) }
    let logits = ReferenceNetwork(model.network)
      .testLogits(Matrix(columnsFrom: inputs, length: model.features.count))
    var expected = ConfusionMatrix(classes: 10)
    var chances: [Int: Double] = [:]
    for image in 0..<test.count {
      let values = (0..<10).map { exp(logits[$0, image]) }
      let label = Int(test.labels[image])
      let prediction = try #require(values.indices.max { values[$0] < values[$1] })
      expected.record(label: label, prediction: prediction)
      if prediction != label { chances[image] = values[label] / values.reduce(0, +) }
    }
    #expect(outcome.confusion == expected)
    #expect(Set(outcome.mistakes.map(\.image)) == Set(chances.keys) && !chances.isEmpty)
    for mistake in outcome.mistakes {
      let chance = try #require(chances[mistake.image])
      #expect(abs(mistake.labelProbability - chance) < 1e-5)
      #expect(abs(mistake.loss + log(mistake.labelProbability)) < 1e-12)
      #expect(mistake.predictionProbability >= mistake.labelProbability)
    }
    let losses = outcome.mistakes.map(\.loss)
    #expect(losses == losses.sorted(by: >))
  }
}
