import Dispatch
import Foundation
import GRDB
import Strata
import StrataLab
import TestSupport
import Testing

@Suite("The file of a study")
struct StudyFileTests {
  private let folder: ScratchFolder
  private var path: String { folder["sub/study.sqlite"] }
  private let identity = StudyIdentity([.init("version", "1"), .init("trials", "20")])

  init() throws { folder = try ScratchFolder() }

  private func open() throws -> StudyFile { try StudyFile(path: path, identity: identity) }

  private func trial(_ number: Int, accuracy: Double? = 0.5) -> Trial {
    SearchSamples.trial(number, lambda: "1.0e-5", accuracy: accuracy)
  }

  @Test("trials are read back as they were written, by whoever opens the file next")
  func roundTrip() throws {
    var odd = trial(3, accuracy: 0.1 + 0.2)
    odd.outcome?.metrics = "step,epoch\n0,'\"; DROP TABLE trial; — λ\n"
    let first = try open()
    try first.record(trial(2, accuracy: nil))
    try first.record(odd)
    #expect(try open().endedTrials() == [trial(2, accuracy: nil), odd])
    #expect(try first.endedNumbers() == [2, 3])
    #expect(try first.bestTrial() == odd)
  }

  @Test(
    "a study with a program in it, which might never end, is refused",
    arguments: [
      "CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) "
        + "SELECT i FROM n",
      "CREATE TRIGGER more AFTER INSERT ON trial BEGIN DELETE FROM trial; END",
    ])
  func programs(_ sql: String) throws {
    _ = try open()
    try DatabaseQueue(path: path).write { try $0.execute(sql: sql) }
    let error = dataError { _ = try open() }
    #expect(error?.kind == .malformed && error?.found.contains("view or trigger") == true)
  }

  @Test("a trial cannot be recorded twice")
  func twice() throws {
    try open().record(trial(1))
    #expect(dataError { try open().record(trial(1, accuracy: 0.9)) }?.kind == .malformed)
    #expect(try open().bestTrial()?.score == 0.5)
  }

  @Test("of equally good trials the first is the best; without a score there is none")
  func best() throws {
    let study = try open()
    #expect(try study.bestTrial() == nil)
    try study.record(trial(1, accuracy: nil))
    #expect(try study.bestTrial() == nil)
    for (number, accuracy) in [(4, 0.3), (3, 0.6), (2, 0.6)] {
      try study.record(trial(number, accuracy: accuracy))
    }
    #expect(try study.bestTrial()?.number == 2)
  }

  @Test("another search is refused in one sentence that names the difference")
  func otherSearch() throws {
    _ = try open()
    for other in [
      StudyIdentity([.init("version", "1"), .init("trials", "30")]),
      StudyIdentity([.init("version", "1"), .init("trials", "20"), .init("lambda", "1")]),
      StudyIdentity([.init("version", "1")]),
    ] {
      let error = #expect(throws: ConfigurationError.self) {
        try StudyFile(path: path, identity: other)
      }
      let sentence = error?.description ?? ""
      #expect(sentence.contains(other["lambda"] == nil ? "the trials that" : "the lambda that"))
      #expect(sentence.filter { $0 == "\n" }.isEmpty)
    }
  }

  @Test("connections that write at the same time lose nothing")
  func racing() throws {
    let studies = try (0..<4).map { _ in try open() }
    let trials = (1...40).map { trial($0) }
    DispatchQueue.concurrentPerform(iterations: 40) { index in
      try? studies[index % 4].record(trials[index])
    }
    #expect(try open().endedNumbers() == Set(1...40))
  }

  @Test("connections that make the file at the same time make one study")
  func racingToCreate() throws {
    let path = path
    let identity = identity
    let trials = (1...8).map { trial($0) }
    DispatchQueue.concurrentPerform(iterations: 8) { index in
      let study = try? StudyFile(path: path, identity: identity)
      try? study?.record(trials[index])
    }
    #expect(try open().endedNumbers() == Set(1...8))
  }

  @Test("an empty file becomes a study, as one does whose making was interrupted")
  func empty() throws {
    try folder.write([], to: "sub/study.sqlite")
    try open().record(trial(1))
    #expect(try open().endedNumbers() == [1])
  }
}

@Suite("Files that are no study")
struct BadStudyTests {
  private let folder: ScratchFolder
  private var path: String { folder["study.sqlite"] }
  private let identity = StudyIdentity([.init("version", "1")])

  init() throws { folder = try ScratchFolder() }

  private func makeStudy(trials: Int = 3) throws {
    let study = try StudyFile(path: path, identity: identity)
    for number in 1...trials {
      try study.record(SearchSamples.trial(number, lambda: "0.5", accuracy: 0.5))
    }
  }

  private func execute(_ sql: String) throws {
    try DatabaseQueue(path: path).write { try $0.execute(sql: sql) }
  }

  private func openingError() -> DataError? {
    dataError { _ = try StudyFile(path: path, identity: identity).endedTrials() }
  }

  @Test("a file of something else, another program's database, a folder")
  func others() throws {
    try folder.write(Array("lambda: 0.1\n".utf8), to: "study.sqlite")
    #expect(openingError()?.kind == .malformed)
    try folder.write(Array("SQLite format 3\0 and then nothing more".utf8), to: "study.sqlite")
    #expect(openingError()?.kind == .malformed)
    try FileManager.default.removeItem(atPath: path)
    try execute("CREATE TABLE trial (number INTEGER)")
    #expect(openingError()?.found == "the database of another program")
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    #expect(openingError()?.kind == .malformed)
  }

  @Test("a study of a later format")
  func later() throws {
    try makeStudy()
    try execute("PRAGMA user_version = 2")
    let error = openingError()
    #expect(error?.kind == .malformed)
    #expect(error?.description.contains("format 1, found format 2; use the later version") == true)
  }

  @Test(
    "a study whose tables or rows were changed by hand",
    arguments: [
      "DROP TABLE trial", "DROP TABLE identity", "UPDATE trial SET stage = 'middle'",
      "UPDATE trial SET status = 'won'", "UPDATE trial SET settings = '{'",
      "UPDATE trial SET settings = '{\"lamda\": \"1\"}'",
      "UPDATE trial SET settings = '{\"lambda\": 1}'",
      "ALTER TABLE trial RENAME COLUMN recipe TO r",
    ])
  func edited(_ sql: String) throws {
    try makeStudy()
    try execute(sql)
    #expect(openingError()?.kind == .malformed)
  }

  @Test("a damaged study is an error or still whole, and never a crash")
  func damaged() throws {
    try makeStudy(trials: 60)
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
    var stream = RandomStream(seed: 2, for: .samples)
    for round in 0..<60 {
      var broken = bytes
      if round % 2 == 0 {
        broken.removeLast(1 + stream.integer(below: bytes.count - 1))
      } else {
        for _ in 0..<40 {
          broken[stream.integer(below: bytes.count)] = UInt8(stream.integer(below: 256))
        }
      }
      try folder.write(broken, to: "study.sqlite")
      do {
        _ = try StudyFile(path: path, identity: identity).endedTrials()
      } catch is DataError {
      } catch is ConfigurationError {
        // The damage is in the identity.
      }
    }
  }

  @Test("a folder that cannot be made")
  func unwritable() throws {
    try folder.write([1], to: "file")
    let error = dataError {
      _ = try StudyFile(path: folder["file/study.sqlite"], identity: identity)
    }
    #expect(error?.kind == .inputOutput)
  }
}
