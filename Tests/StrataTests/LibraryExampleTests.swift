import Foundation
import Strata
import TestSupport
import Testing

// Example begins
/// Trains on rows of numbers, with a tenth of them for validation.
func train(rows: [[Float]], labels: [Int], classNames: [String]) async throws -> Trainer {
  let table = try Dataset(rows: rows, labels: labels, classNames: classNames)
  let trainer = try Trainer(
    TrainingConfiguration(hidden: [20], epochs: 20, batchSize: 10),
    data: DataSplit(table, validation: rows.count / 10))
  try await trainer.run()
  return trainer
}
// Example ends

// Example begins
/// Prints progress and evaluations, and returns the warnings.
func follow(_ trainer: Trainer) async throws -> [TrainingWarning] {
  let events = trainer.events()
  async let run: Void = trainer.run()
  for await event in events {
    switch event {
    case .progress(let progress): print(progress.step, progress.totalSteps, progress.loss)
    case .evaluation(let point): print(point.epoch, point.validation?.accuracy ?? 0)
    case .warning(let warning): print(warning)
    }
  }
  try await run
  return trainer.warnings
}
// Example ends

// Example begins
/// Cancels a run after some time and finishes it with another trainer.
func interruptAndFinish(
  _ trainer: Trainer, after time: Duration, savingTo folder: URL
) async throws -> Trainer {
  let task = Task { try await trainer.run(savingTo: folder.path) }
  try await Task.sleep(for: time)
  task.cancel()
  do {
    try await task.value
    return trainer  // It had already finished.
  } catch is CancellationError {
    let checkpoint = try Checkpoint(contentsOf: folder.appending(path: "checkpoint.safetensors"))
    let continued = try Trainer(
      resuming: checkpoint, trainer.configuration, data: trainer.data, threads: trainer.threads)
    try await continued.run(savingTo: folder.path)
    return continued
  }
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
/// Trains one network per seed at the same time; the models are in the order of the seeds.
func trainAtOnce(_ seeds: [UInt64], on data: DataSplit) async throws -> [Model] {
  let trainers = try seeds.map { seed in
    try Trainer(
      TrainingConfiguration(hidden: [20], epochs: 5, seed: seed), data: data, threads: 1)
  }
  try await withThrowingTaskGroup { group in
    for trainer in trainers {
      group.addTask { try await trainer.run() }
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

  private func trainer() async throws -> Trainer {
    try await train(rows: Self.points, labels: Self.labels, classNames: ["below", "above"])
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
  func rows() async throws {
    let folder = try ScratchFolder()
    let model = try await trainer().model()
    let names = try saveAndClassify(
      model, [[5, 1.5], [5, -0.5]], at: URL(filePath: folder["model.safetensors"]))
    #expect(names == ["above", "below"])
  }

  @Test(
    "a cancelled run ends with the same bits, whenever it is cancelled; its events are seen",
    arguments: [Duration.zero, .milliseconds(5), .seconds(1)])
  func cancelled(after time: Duration) async throws {
    let whole = try await trainer()
    let folder = try ScratchFolder()
    let continued = try await interruptAndFinish(
      Trainer(whole.configuration, data: whole.data), after: time,
      savingTo: URL(filePath: folder[""]))
    #expect(continued.network == whole.network)
    #expect(try await follow(Trainer(whole.configuration, data: whole.data)).isEmpty)
  }

  @Test("trainers run at the same time and give what each gives alone")
  func atOnce() async throws {
    let data = try await trainer().data
    let models = try await trainAtOnce([1, 2], on: data)
    let alone = try await trainAtOnce([2], on: data)
    #expect(models.count == 2 && models[0].network != models[1].network)
    #expect(models[1].network == alone[0].network)
  }
}
