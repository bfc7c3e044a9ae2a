import Foundation
import Strata
import TestSupport
import Testing

// README example begins
/// Trains on the built-in images, saves the network, loads it and classifies an image.
func trainAndClassify(savingTo path: String) throws -> Classification {
  let images = Shapes.load()
  let configuration = TrainingConfiguration(
    hidden: [50, 50], batchNormalization: .before,
    schedule: .cyclical(minimum: 1e-5, maximum: 1e-1, stepSize: 225, decay: 1),
    updateSteps: 900, batchSize: 100, lambda: 0.005, seed: 1, evaluateEvery: 225)

  let trainer = try Trainer(
    configuration, data: DataSplit(images, validation: 500), threads: 2)
  try trainer.run { event in
    if case .evaluation(let point) = event {
      print(point.step, point.training.loss, point.validation?.accuracy ?? 0)
    }
  }
  print("test accuracy", try trainer.evaluateOnTest().metrics.accuracy)
  try Data(trainer.model().safetensors()).write(to: URL(filePath: path))

  let model = try Model(contentsOfFile: path)
  return try model.classify(images.test.rows.bytes(of: 0))
}
// README example ends

@Suite struct ReadmeExampleTests {
  @Test("the README's example is this file's, and its network knows an image")
  func example() throws {
    let source = try String(contentsOfFile: #filePath, encoding: .utf8)
    let readme = try String(
      contentsOf: URL(filePath: #filePath).appending(path: "../../../README.md").standardized,
      encoding: .utf8)
    let code = try #require(
      source.components(separatedBy: "// README example begins\n").dropFirst().first?
        .components(separatedBy: "\n// README example ends").first)
    #expect(readme.contains("```swift\nimport Foundation\nimport Strata\n\n\(code)\n```"))

    let folder = try ScratchFolder()
    let classification = try trainAndClassify(savingTo: folder["model.safetensors"])
    let test = Shapes.load().test
    #expect(classification.className == test.classNames[Int(test.labels[0])])
    #expect(classification.probability > 0.5)
  }
}
