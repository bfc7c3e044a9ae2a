import CLibrary
import Strata
import StrataLab
import TestSupport
import Testing

@Suite("Checkpoint files")
struct CheckpointFilesTests {
  private let samples: [Checkpoint]

  init() throws { samples = try (0..<4).map(SampleCheckpoints.make) }

  /// The step of the checkpoint that is loaded; `nil` where there is none.
  private func step(_ files: any FileSystem) throws -> Int? {
    try CheckpointFiles(in: "run", files: files).load().checkpoint?.step
  }

  @Test("the last two are kept, and the last is loaded")
  func lastTwo() throws {
    let scratch = try ScratchFolder()
    let files = CheckpointFiles(in: scratch.path)
    #expect(!files.areThere)
    #expect(try files.load().checkpoint == nil)
    for sample in samples { try files.save(sample) }
    #expect(try scratch.names == [CheckpointFiles.previousName, CheckpointFiles.lastName])
    #expect(try files.load().checkpoint == samples[3])
    #expect(files.areThere)
    files.remove()
    #expect(try scratch.names == [])
  }

  @Test("a damaged one is set aside with a sentence, and the one before is loaded")
  func damaged() throws {
    let scratch = try ScratchFolder()
    let files = CheckpointFiles(in: scratch.path)
    try files.save(samples[1])
    try files.save(samples[2])
    try scratch.poke(7, at: 500, of: CheckpointFiles.lastName)
    var found = try files.load()
    #expect(found.checkpoint == samples[1] && found.damages.count == 1)
    let damaged = CheckpointFiles.lastName + CheckpointFiles.damagedEnding
    #expect(try files.setAside(found.damages).first?.contains("set aside as") == true)
    #expect(try scratch.names == [CheckpointFiles.previousName, damaged])
    // Another one is set aside under another name.
    try files.save(samples[3])
    try scratch.poke(7, at: 500, of: CheckpointFiles.lastName)
    found = try files.load()
    _ = try files.setAside(found.damages)
    #expect(try scratch.names == [CheckpointFiles.previousName, damaged, damaged + "-2"])
    try scratch.write([], to: CheckpointFiles.previousName)
    #expect(try files.load().checkpoint == nil)
    try files.save(samples[3])
    #expect(try files.load().checkpoint == samples[3])
  }

  @Test("one of a newer format is no damage: it is neither set aside nor passed over")
  func newer() throws {
    let scratch = try ScratchFolder()
    let files = CheckpointFiles(in: scratch.path)
    try files.save(samples[1])
    try files.save(samples[2])
    for metadata in [["format_version": "99"], ["random_generators": "others"]] {
      let known = ["format": "strata-checkpoint", "format_version": "1"]
      let newer = try Safetensors.encodeWithDigests([], metadata: known.merging(metadata) { $1 })
      try scratch.write(newer, to: CheckpointFiles.lastName)
      let error = dataError { _ = try files.load() }
      #expect(error?.hint == "use the version of strata that wrote it", "\(metadata)")
    }
  }

  @Test("one that the disk does not give is passed over for the one before")
  func unreadable() throws {
    let scratch = try ScratchFolder()
    try CheckpointFiles(in: scratch.path).save(samples[1])
    try CheckpointFiles(in: scratch.path).save(samples[2])
    func load(_ reason: Int32) throws -> CheckpointFiles.Found {
      let last = scratch[CheckpointFiles.lastName]
      let files = FailingFiles(unreadable: last, reason)
      return try CheckpointFiles(in: scratch.path, files: files).load()
    }
    let found = try load(EIO)
    #expect(found.checkpoint == samples[1])
    #expect(found.damages.map(\.kind) == [.inputOutput])
    // One that may not be opened is for its owner to mend.
    #expect(throws: DataError.self) { try load(EACCES) }
  }

  @Test("when power fails at any call, the checkpoint before or the new one is found, whole")
  func powerLoss() throws {
    for count in 0..<3 {
      let start = SimulatedFiles()
      for sample in samples[..<count] {
        try CheckpointFiles(in: "run", files: start).save(sample)
      }
      let old = count == 0 ? nil : count - 1
      for call in 1... {
        let files = start.copy(failingBeforeCall: call)
        let isSaved = (try? CheckpointFiles(in: "run", files: files).save(samples[count])) != nil
        #expect(isSaved || files.isOff)
        for state in files.statesAfterPowerLoss {
          let step = try step(state)
          #expect(step == count || step == old && !isSaved, "\(count) saved, call \(call)")
        }
        if !files.isOff { break }
      }
    }
  }

  @Test(
    "whatever call fails, the checkpoint before or the new one is found, whole",
    arguments: [.refuses(ENOSPC), .refuses(EIO), .writesHalf] as [FailingFiles.Fault])
  func failures(fault: FailingFiles.Fault) throws {
    for count in 0..<3 {
      let start = SimulatedFiles()
      for sample in samples[..<count] {
        try CheckpointFiles(in: "run", files: start).save(sample)
      }
      for call in 1... {
        let base = start.copy(failingBeforeCall: nil)
        let files = FailingFiles(base, call: call, fault)
        var error: (any Error)?
        do {
          try CheckpointFiles(in: "run", files: files).save(samples[count])
        } catch let caught { error = caught }
        let step = try step(base)
        #expect(step == count || error != nil && step == (count == 0 ? nil : count - 1))
        if fault == .writesHalf { #expect(error == nil) }
        if let error { #expect((error as? DataError)?.kind == .inputOutput) }
        // The next one can be saved as ever.
        try CheckpointFiles(in: "run", files: base).save(samples[3])
        #expect(try self.step(base) == 3)
        if !files.hasFailed { break }
      }
    }
  }
}
