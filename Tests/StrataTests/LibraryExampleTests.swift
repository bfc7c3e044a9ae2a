import Foundation
import Strata
import TestSupport
import Testing

// Example begins
/// Trains on rows of numbers, with a tenth of them for validation.
func train(rows: [[Float]], labels: [Int], classNames: [String]) throws -> Trainer {
  let table = try Dataset(rows: rows, labels: labels, classNames: classNames)
  let trainer = try Trainer(
    TrainingConfiguration(hidden: [20], epochs: 20, batchSize: 10),
    data: DataSplit(table, validation: rows.count / 10))
  try trainer.run { _ in }
  return trainer
}
// Example ends

// Example begins
/// Prints progress and evaluations, and collects warnings.
func follow(_ trainer: Trainer) throws -> [TrainingWarning] {
  var warnings: [TrainingWarning] = []
  try trainer.run { event in
    switch event {
    case .progress(let progress): print(progress.step, progress.totalSteps, progress.loss)
    case .evaluation(let point): print(point.epoch, point.validation?.accuracy ?? 0)
    case .warning(let warning): warnings.append(warning)
    }
  }
  return warnings
}
// Example ends

// Example begins
/// Stops a run at an update step and finishes it with another trainer.
func stopAndFinish(_ trainer: Trainer, atStep last: Int, savingTo url: URL) throws -> Trainer {
  try trainer.run(pausingWhen: { $0 == last }) { _ in }
  let origin = Checkpoint.Origin(dataName: trainer.data.training.name, kernel: trainer.kernelName)
  try Data(trainer.checkpoint(origin: origin).safetensors()).write(to: url, options: .atomic)

  let checkpoint = try Checkpoint(contentsOfFile: url.path)
  let continued = try Trainer(
    resuming: checkpoint, trainer.configuration, data: trainer.data, threads: trainer.threads)
  try continued.run { _ in }
  return continued
}
// Example ends

// Example begins
/// Saves a model, loads it and classifies rows.
func saveAndClassify(_ model: Model, _ rows: [[Float]], at url: URL) throws -> [String] {
  try model.write(to: url)
  let classifier = try Classifier(Model(contentsOf: url), threads: 2)
  return try classifier.classify(rows).map(\.className)
}
// Example ends

// Example begins
/// Trains one network per seed at the same time, in the order of the seeds.
func trainAtOnce(_ seeds: [UInt64], on data: DataSplit) async throws -> [Model] {
  let trainers = try seeds.map { seed in
    try Trainer(
      TrainingConfiguration(hidden: [20], epochs: 5, seed: seed), data: data, threads: 1)
  }
  try await withThrowingTaskGroup { group in
    for trainer in trainers {
      group.addTask { try trainer.run { _ in } }
    }
    try await group.waitForAll()
  }
  return trainers.map { $0.model() }
}
// Example ends

@Suite struct LibraryExampleTests {
  /// Points of two classes on either side of a line.
  private static let points = (0..<200).map { index -> [Float] in
    let height: Float = index.isMultiple(of: 2) ? 1 : -1
    return [Float(index % 20), height + Float(index % 7) / 7]
  }
  private static let labels = (0..<200).map { $0.isMultiple(of: 2) ? 1 : 0 }

  private func trainer() throws -> Trainer {
    try train(rows: Self.points, labels: Self.labels, classNames: ["below", "above"])
  }

  @Test("the article holds every example of this file, and no other")
  func article() throws {
    let source = try String(contentsOfFile: #filePath, encoding: .utf8)
    let path = "../../../Sources/Strata/Strata.docc/UsingTheLibrary.md"
    let article = try String(
      contentsOf: URL(filePath: #filePath).appending(path: path).standardized, encoding: .utf8)
    let examples = source.components(separatedBy: "\n// Example begins\n").dropFirst()
      .compactMap { $0.components(separatedBy: "\n// Example ends").first }
    for example in examples { #expect(article.contains("```swift\n\(example)\n```")) }
    #expect(article.components(separatedBy: "```swift").count == examples.count + 1)
  }

  @Test("rows are learned, saved, loaded and classified")
  func rows() throws {
    let folder = try ScratchFolder()
    let model = try trainer().model()
    let names = try saveAndClassify(
      model, [[5, 1.5], [5, -0.5]], at: URL(filePath: folder["model.safetensors"]))
    #expect(names == ["above", "below"])
  }

  @Test("a stopped run ends with the same bits; its events are seen")
  func stopped() throws {
    let whole = try trainer()
    let folder = try ScratchFolder()
    let fresh = { try Trainer(whole.configuration, data: whole.data) }
    let continued = try stopAndFinish(
      fresh(), atStep: 100, savingTo: URL(filePath: folder["checkpoint.safetensors"]))
    #expect(continued.network == whole.network)
    #expect(try follow(fresh()).isEmpty)
  }

  @Test("trainers run at the same time and give what each gives alone")
  func atOnce() async throws {
    let data = try trainer().data
    let models = try await trainAtOnce([1, 2], on: data)
    let alone = try await trainAtOnce([2], on: data)
    #expect(models.count == 2 && models[0].network != models[1].network)
    #expect(models[1].network == alone[0].network)
  }
}
