import CLibrary
import Dispatch
import Strata
import Testing

@testable import StrataLab

@Suite("When checkpoints are saved")
struct CheckpointKeeperTests {
  private func keeper(
    _ files: any FileSystem, interval: Double, stepsPerEpoch: Int = 10
  ) -> CheckpointKeeper {
    CheckpointKeeper(
      CheckpointFiles(in: "run", files: files), interval: interval, stepsPerEpoch: stepsPerEpoch)
  }

  @Test("one is due once the interval has passed, and stays so until it is saved")
  func interval() throws {
    let files = SimulatedFiles()
    let checkpoint = try SampleCheckpoints.make(step: 3)
    let keeper = keeper(files, interval: 0.05)
    #expect(!keeper.isDue(afterStep: 1))
    usleep(60_000)
    #expect(keeper.isDue(afterStep: 2) && keeper.isDue(afterStep: 3))
    #expect(keeper.save { checkpoint } == nil)
    #expect(keeper.finish() == nil)
    #expect(!keeper.isDue(afterStep: 4))
    #expect(try CheckpointFiles(in: "run", files: files).load().checkpoint == checkpoint)
  }

  @Test("an interval of 0 is always over, one of any length never traps")
  func extremes() {
    #expect(keeper(SimulatedFiles(), interval: 0).isDue(afterStep: 1))
    for interval in [1e10, 1e300, .greatestFiniteMagnitude] {
      #expect(!keeper(SimulatedFiles(), interval: interval).isDue(afterStep: 10))
    }
  }

  @Test("while one is being written, none is due")
  func writing() throws {
    let checkpoint = try SampleCheckpoints.make(step: 1)
    let keeper = keeper(SimulatedFiles(), interval: 0)
    let mayGoOn = DispatchSemaphore(value: 0)
    _ = keeper.save {
      mayGoOn.wait()
      return checkpoint
    }
    #expect(!keeper.isDue(afterStep: 1))
    mayGoOn.signal()
    #expect(keeper.finish() == nil)
    #expect(keeper.isDue(afterStep: 2))
  }

  @Test("a failure is told once, and again after a success")
  func failures() throws {
    let checkpoint = try SampleCheckpoints.make(step: 1)
    let base = SimulatedFiles()
    let keeper = keeper(FailingFiles(base, call: 1, .refuses(ENOSPC)), interval: 0)
    #expect(keeper.save { checkpoint } == nil)
    #expect(keeper.finish()?.contains("could not be saved") == true)
    #expect(keeper.finish() == nil)
    #expect(keeper.save { checkpoint } == nil)
    #expect(keeper.finish() == nil)
    #expect(try CheckpointFiles(in: "run", files: base).load().checkpoint == checkpoint)
  }
}
