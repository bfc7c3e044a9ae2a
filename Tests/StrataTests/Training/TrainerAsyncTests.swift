import Foundation
import TestSupport
import Testing

@testable import Strata

@Suite("Trainers in tasks")
struct TrainerAsyncTests {
  private func folder() throws -> String {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder.path
  }

  @Test("two trainers of an array train at once, with the bits of a synchronous run")
  func atOnce() async throws {
    let data = try ToyData.split()
    let configuration = ToyData.configuration()
    let expected = try Trainer(configuration, data: data, threads: 1)
    try expected.run { _ in }
    let trainers = try (0..<2).map { _ in try Trainer(configuration, data: data, threads: 2) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for trainer in trainers { group.addTask { try await trainer.run() } }
      try await group.waitForAll()
    }
    for trainer in trainers {
      #expect(trainer.network == expected.network)
      #expect(trainer.history.map(\.training) == expected.history.map(\.training))
    }
  }

  @Test("the events of a run are a sequence that ends with it")
  func events() async throws {
    let trainer = try Trainer(ToyData.configuration(), data: ToyData.split(), threads: 1)
    let events = trainer.events()
    async let run: Void = trainer.run()
    var evaluations: [HistoryPoint] = []
    for await event in events {
      if case .evaluation(let point) = event { evaluations.append(point) }
    }
    try await run
    #expect(evaluations == trainer.history)
  }

  @Test("a cancelled run is saved, and goes on from its file with the same bits")
  func cancelled() async throws {
    let data = try ToyData.split()
    // More steps than are ever made.
    let configuration = ToyData.configuration(steps: 100_000_000)
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let trainer = try Trainer(configuration, data: data, threads: 1)
    let task = Task { try await trainer.run(savingTo: folder) }
    while trainer.step < 3 { await Task.yield() }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    let checkpoint = try Checkpoint(contentsOfFile: folder + "/checkpoint.safetensors")
    #expect(checkpoint.step >= 3 && checkpoint.step == trainer.step)
    let end = checkpoint.step + 10
    let resumed = try Trainer(resuming: checkpoint, configuration, data: data, threads: 2)
    try resumed.run(pausingWhen: { $0 >= end }) { _ in }
    let whole = try Trainer(configuration, data: data, threads: 1)
    try whole.run(pausingWhen: { $0 >= end }) { _ in }
    #expect(resumed.network == whole.network)
  }

  @Test("a finished run leaves its model, in place of the checkpoint")
  func finished() async throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let trainer = try Trainer(ToyData.configuration(), data: ToyData.split(), threads: 1)
    let origin = Checkpoint.Origin(dataName: "toy", kernel: trainer.kernelName)
    try trainer.checkpoint(origin: origin).write(toFile: folder + "/checkpoint.safetensors")
    try await trainer.run(savingTo: folder)
    #expect(try Model(contentsOfFile: folder + "/model.safetensors").network == trainer.network)
    #expect(!FileManager.default.fileExists(atPath: folder + "/checkpoint.safetensors"))
  }

  @Test(
    "a finished run is prolonged to the bits of a longer one, where η does not depend on the end")
  func prolonged() throws {
    let data = try ToyData.split()
    var configuration = ToyData.configuration(steps: 20)
    configuration.schedule = .constant(0.05)
    let short = try Trainer(configuration, data: data, threads: 1)
    try short.run { _ in }
    let origin = Checkpoint.Origin(dataName: "toy", kernel: short.kernelName)
    configuration.updateSteps = 35
    let prolonged = try Trainer(
      resuming: short.checkpoint(origin: origin), configuration, data: data, isProlonged: true,
      threads: 1)
    try prolonged.run { _ in }
    let long = try Trainer(configuration, data: data, threads: 1)
    try long.run { _ in }
    #expect(prolonged.step == 35)
    #expect(prolonged.network == long.network)

    configuration.schedule = .oneCycle(minimum: 1e-4, maximum: 0.1)
    let end = try Trainer(configuration, data: data, threads: 1)
    try end.run { _ in }
    configuration.updateSteps = 50
    let error = configurationError {
      _ = try Trainer(
        resuming: end.checkpoint(origin: origin), configuration, data: data, isProlonged: true,
        threads: 1)
    }
    #expect(error?.setting == "update-steps")
  }
}
