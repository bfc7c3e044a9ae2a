import Dispatch
import Foundation
import Strata
import StrataLab
import TestSupport
import Testing

@Suite("Claims of trials")
struct TrialClaimTests {
  private let folder: ScratchFolder
  private var study: String { folder["study.sqlite"] }

  init() throws { folder = try ScratchFolder() }

  /// The number that a new claim would have; the claim is given up at once.
  private func freeNumber(of numbers: [Int]) throws -> Int? {
    guard let claim = try TrialClaim(firstFreeOf: numbers, study: study) else { return nil }
    return claim.number
  }

  /// Holds trial 7 while `body` runs.
  private func holdingSeven(_ body: () throws -> Void) throws {
    guard let claim = try TrialClaim(firstFreeOf: [7, 8], study: study) else {
      Issue.record("trial 7 is not free")
      return
    }
    try body()
    let number = claim.number
    #expect(number == 7)
  }

  @Test("a claimed trial is no other worker's until it is given up")
  func exclusive() throws {
    try holdingSeven {
      let free = (try freeNumber(of: [7, 8]), try freeNumber(of: [7]))
      #expect(free == (8, nil))
    }
    #expect(try freeNumber(of: [7, 8]) == 7)
  }

  @Test("nothing to claim is no claim")
  func empty() throws {
    #expect(try freeNumber(of: []) == nil)
  }

  @Test("threads that race never hold the same trial")
  func racing() throws {
    let held = Locked(Set<Int>())
    let clashes = Locked(0)
    let study = study
    DispatchQueue.concurrentPerform(iterations: 200) { _ in
      guard let claim = try? TrialClaim(firstFreeOf: [1, 2, 3], study: study) else { return }
      let number = claim.number
      if !held.withLock({ $0.insert(number).inserted }) { clashes.withLock { $0 += 1 } }
      usleep(200)
      held.withLock { _ = $0.remove(number) }
      _ = claim.number
    }
    #expect(clashes.withLock { $0 } == 0)
  }

  @Test("the file is removed when it is useless and no process has a claim")
  func removal() throws {
    let file = TrialClaim.file(ofStudy: study)
    try holdingSeven {
      try TrialClaim.removeFile(ofStudy: study) { true }
      #expect(FileManager.default.fileExists(atPath: file))
    }
    try TrialClaim.removeFile(ofStudy: study) {
      // No other worker can claim anything meanwhile.
      let free = try freeNumber(of: [7, 8])
      #expect(free == nil)
      return false
    }
    #expect(FileManager.default.fileExists(atPath: file))
    try TrialClaim.removeFile(ofStudy: study) { true }
    #expect(!FileManager.default.fileExists(atPath: file))
    #expect(try freeNumber(of: [7]) == 7)
  }

  @Test("claims are exclusive while the file is removed again and again")
  func removedMeanwhile() throws {
    let held = Locked(0)
    let clashes = Locked(0)
    let study = study
    DispatchQueue.concurrentPerform(iterations: 300) { index in
      if index.isMultiple(of: 2) {
        try? TrialClaim.removeFile(ofStudy: study) { true }
        return
      }
      guard let claim = try? TrialClaim(firstFreeOf: [1], study: study) else { return }
      let count = held.withLock { held in
        held += 1
        return held
      }
      if count > 1 { clashes.withLock { $0 += 1 } }
      usleep(200)
      held.withLock { $0 -= 1 }
      _ = claim.number
    }
    #expect(clashes.withLock { $0 } == 0)
  }

  @Test("a folder that is not there is an error")
  func missing() throws {
    #expect(dataError { _ = try TrialClaim(firstFreeOf: [1], study: "/nowhere/s") } != nil)
  }
}
