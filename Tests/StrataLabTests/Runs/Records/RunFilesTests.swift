import Strata
import StrataLab
import Testing

@Suite("The files of a run")
struct RunFilesTests {
  private static let results = [
    RunFolder.modelName, RunFolder.recipeName, RunFolder.metricsName, RunFolder.curvesName,
    RunFolder.confusionName, RunFolder.summaryName,
  ]

  /// Saves what a run saves, in its order; the number of saves that were done.
  private func save(_ files: SimulatedFiles, _ samples: [Checkpoint]) -> Int {
    let run = RunFiles(in: "run", files: files)
    var saved = 0
    do {
      try run.write(RunFolder.recipeName, content(of: RunFolder.recipeName))
      for sample in samples {
        saved += 1
        try run.checkpoints.save(sample)
      }
      for name in Self.results {
        saved += 1
        try run.write(name, content(of: name))
      }
      saved += 1
      run.checkpoints.remove()
    } catch {}
    return saved
  }

  private func content(of name: String) -> [UInt8] { Array("all of \(name)".utf8) }

  @Test("when power fails at any call of a run, it is whole or can be continued")
  func powerLoss() throws {
    let samples = try (0..<3).map(SampleCheckpoints.make)
    for call in 1... {
      let files = SimulatedFiles().copy(failingBeforeCall: call)
      let saved = save(files, samples)
      for state in files.statesAfterPowerLoss {
        let run = RunFiles(in: "run", files: state)
        switch run.state {
        case .finished:
          for name in Self.results {
            #expect(state.contents(of: "run/\(name)") == content(of: name))
          }
        case .unfinished:
          let step = try run.checkpoints.load().checkpoint?.step ?? -1
          let safe = saved > samples.count ? samples.count - 1 : saved - 2
          #expect(step >= safe, "call \(call)")
        case .none: #expect(saved == 0)
        }
      }
      if !files.isOff { break }
    }
  }

  @Test("what a run that was killed left half-written is removed, and nothing else")
  func temporaryFiles() throws {
    let files = SimulatedFiles()
    let run = RunFiles(in: "run", files: files)
    for name in ["notes", ".checkpoint.safetensors.1x.tmp", ".summary.json.2y.tmp", ".own.tmp"] {
      _ = files.close(files.open("run/\(name)", .create))
    }
    run.removeTemporaryFiles()
    #expect(files.names(in: "run") == [".own.tmp", "notes"])
    #expect(run.foreignName == ".own.tmp")
    #expect(run.state == .none)
  }
}
