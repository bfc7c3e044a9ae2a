import Foundation
import Strata
import StrataLab
import TestSupport
import Testing

@Suite("A run whose files cannot all be written")
struct KeptRunTests {
  /// Trains for a moment and saves after every evaluation.
  private func train(in runs: SampleRuns, _ name: String, files: any FileSystem) throws {
    var recipe = Recipe()
    try recipe.apply(options: [
      (.data, runs.folder["tiny"]), (.hidden, "8"), (.validation, "10"), (.batchSize, "10"),
      (.schedule, "constant"), (.epochs, "2"), (.threads, "1"), (.checkpointEvery, "0"),
    ])
    _ = try TrainingPlan(recipe).run(
      into: RunFolder(claiming: runs.folder[name], files: files))
  }

  @Test("is finished and whole, or can be continued, or is not there, whichever call fails")
  func failing() throws {
    let runs = try SampleRuns()
    var states: Set<RunFiles.State> = []
    for call in 1... {
      let files = FailingFiles(call: call, .refuses(EIO))
      let name = "run-\(call)"
      // A checkpoint that cannot be saved is a warning, and does not end the run.
      try? train(in: runs, name, files: files)
      let run = RunFiles(in: runs.folder[name])
      states.insert(run.state)
      switch run.state {
      case .finished: _ = try FinishedRun(contentsOf: runs.folder[name])
      case .unfinished: #expect(try run.checkpoints.load().checkpoint != nil, "call \(call)")
      case .none: #expect(FileStatus(path: runs.folder[name]) == .missing, "call \(call)")
      }
      if !files.hasFailed { break }
    }
    #expect(states == [.finished, .unfinished, .none])
  }
}
