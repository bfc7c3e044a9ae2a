import Foundation
// README example begins
import Strata
import Testing

func trainSmallClassifier() throws -> Model {
  let images = Shapes.load()
  let split = try DataSplit(images, validation: 500)
  let configuration = TrainingConfiguration(
    hidden: [50, 50], batchNormalization: .before,
    schedule: .cyclical(minimum: 1e-5, maximum: 1e-1, stepSize: 225, decay: 1),
    updateSteps: 900, batchSize: 100, lambda: 0.005, seed: 1, evaluateEvery: 225)

  var trainer = try Trainer(configuration, data: split, threads: 2)
  try trainer.run { event in
    if case .evaluation(let point) = event {
      print(point.step, point.training.loss, point.validation?.accuracy ?? 0)
    }
  }
  print("test accuracy", trainer.evaluateOnTest().metrics.accuracy)
  return trainer.model()
}
// README example ends

@Suite struct ReadmeExampleTests {
  @Test("the README's example is this file's, and its network learns")
  func example() throws {
    let source = try String(contentsOfFile: #filePath, encoding: .utf8)
    let readme = try String(
      contentsOf: URL(filePath: #filePath).appending(path: "../../../README.md").standardized,
      encoding: .utf8)
    let code = try #require(
      source.components(separatedBy: "// README example begins\n").dropFirst().first?
        .components(separatedBy: "\n// README example ends").first)
    #expect(readme.contains("```swift\n\(code)\n```"))

    let model = try trainSmallClassifier()
    let test = Shapes.load().test
    let evaluation = Evaluator(threads: 1).evaluate(
      model.network, standardization: model.standardization, on: test, lambda: 0)
    #expect(evaluation.metrics.accuracy > 0.8)
  }
}
