import Foundation
import Strata
import TestSupport
import Testing

// README example begins
/// Trains on the built-in images, saves the network, loads it and classifies an image.
func trainAndClassify(savingTo path: String) throws -> Classification {
  let images = Shapes.load()
  let trainer = try Trainer(
    TrainingConfiguration(hidden: [50, 50], epochs: 20), data: DataSplit(images, validation: 500))
  try trainer.run { event in
    if case .evaluation(let point) = event {
      print(point.step, point.training.loss, point.validation?.accuracy ?? 0)
    }
  }
  print("test accuracy", try trainer.evaluateOnTest().metrics.accuracy)
  try trainer.model().write(toFile: path)

  let model = try Model(contentsOfFile: path)
  return try model.classify(images.test.rows.bytes(of: 0))
}
// README example ends

@Suite struct ReadmeExampleTests {
  @Test("the README is short, its example is this file's, and the network knows an image")
  func example() throws {
    let source = try String(contentsOfFile: #filePath, encoding: .utf8)
    let readme = try String(
      contentsOf: URL(filePath: #filePath).appending(path: "../../../README.md").standardized,
      encoding: .utf8)
    let code = try #require(
      source.components(separatedBy: "// README example begins\n").dropFirst().first?
        .components(separatedBy: "\n// README example ends").first)
    #expect(readme.split(whereSeparator: \.isWhitespace).count <= 700)
    #expect(readme.contains("```swift\nimport Strata\n\n\(code)\n```"))

    let folder = try ScratchFolder()
    let classification = try trainAndClassify(savingTo: folder["model.safetensors"])
    let test = Shapes.load().test
    #expect(classification.className == test.classNames[Int(test.labels[0])])
    #expect(classification.probability > 0.5)
  }
}
