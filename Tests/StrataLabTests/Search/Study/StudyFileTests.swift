import Dispatch
import Foundation
import GRDB
import LabTestSupport
import Strata
import StrataLab
import TestSupport
import Testing

@Suite("The file of a study")
struct StudyFileTests {
  private let folder: ScratchFolder
  private var path: String { folder["sub/study.sqlite"] }
  private let identity = StudyIdentity([
    .init("version", "1"), .init("trials", "20"), .init("fine-trials", "5"), .init("rules", "2"),
  ])
  private let counts = TrialCounts(trials: 20, fineTrials: 5)

  init() throws { folder = try ScratchFolder() }

  private func open() throws -> StudyFile { try StudyFile(path: path, identity: identity) }

  private func record(_ trial: Trial) throws {
    #expect(try open().record(trial, in: counts))
  }

  private func trial(_ number: Int, accuracy: Double? = 0.5) -> Trial {
    SearchSamples.trial(number, lambda: "1.0e-5", accuracy: accuracy)
  }

  @Test("trials are read back as they were written, by the process that opens the file next")
  func roundTrip() throws {
    var odd = trial(3, accuracy: 0.1 + 0.2)
    odd.outcome?.metrics = "step,epoch\n0,'\"; DROP TABLE trial; — λ\n"
    let first = try open()
    try record(trial(2, accuracy: nil))
    try record(odd)
    #expect(try open().contents().ended == [trial(2, accuracy: nil), odd])
    #expect(try first.contents().counts == counts)
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
    try record(trial(1))
    #expect(dataError { try record(trial(1, accuracy: 0.9)) }?.kind == .malformed)
    #expect(try open().bestTrial()?.score == 0.5)
  }

  @Test("of equally good trials the first is the best; without a score there is none")
  func best() throws {
    let study = try open()
    #expect(try study.bestTrial() == nil)
    try record(trial(1, accuracy: nil))
    #expect(try study.bestTrial() == nil)
    for (number, accuracy) in [(4, 0.3), (3, 0.6), (2, 0.6)] {
      try record(trial(number, accuracy: accuracy))
    }
    #expect(try study.bestTrial()?.number == 2)
  }

  @Test("another search is refused in one sentence that names the difference")
  func otherSearch() throws {
    _ = try open()
    for other in [
      StudyIdentity([.init("version", "1"), .init("trials", "30")]),
      StudyIdentity(identity.parts + [.init("lambda", "1")]),
      StudyIdentity([.init("version", "1")]),
    ] {
      let error = #expect(throws: ConfigurationError.self) {
        try StudyFile(path: path, identity: other)
      }
      let sentence = error?.description ?? ""
      #expect(
        sentence.contains(other["lambda"] == nil ? "its original trials" : "its original lambda"))
      #expect(sentence.filter { $0 == "\n" }.isEmpty)
    }
  }

  @Test("connections that write at the same time lose nothing")
  func racing() throws {
    let studies = try (0..<4).map { _ in try open() }
    let trials = (1...40).map { trial($0) }
    let counts = counts
    DispatchQueue.concurrentPerform(iterations: 40) { index in
      _ = try? studies[index % 4].record(trials[index], in: counts)
    }
    #expect(try open().endedNumbers() == Set(1...40))
  }

  @Test("connections that make the file at the same time make one study")
  func racingToCreate() throws {
    let path = path
    let identity = identity
    let counts = counts
    let trials = (1...8).map { trial($0) }
    DispatchQueue.concurrentPerform(iterations: 8) { index in
      let study = try? StudyFile(path: path, identity: identity)
      _ = try? study?.record(trials[index], in: counts)
    }
    #expect(try open().endedNumbers() == Set(1...8))
  }

  @Test("an empty file becomes a study, as one does whose making was interrupted")
  func empty() throws {
    try folder.write([], to: "sub/study.sqlite")
    try record(trial(1))
    #expect(try open().endedNumbers() == [1])
  }
}

@Suite("Files that are no study")
struct BadStudyTests {
  private let folder: ScratchFolder
  private var path: String { folder["study.sqlite"] }
  private let identity = StudyIdentity([
    .init("method", "random"), .init("trials", "60"), .init("fine-trials", "0"),
  ])

  init() throws { folder = try ScratchFolder() }

  private func makeStudy(trials: Int = 3) throws {
    let study = try StudyFile(path: path, identity: identity)
    for number in 1...trials {
      _ = try study.record(
        SearchSamples.trial(number, lambda: "0.5", accuracy: 0.5),
        in: TrialCounts(trials: 60, fineTrials: 0))
    }
  }

  private func execute(_ sql: String) throws {
    try DatabaseQueue(path: path).write { try $0.execute(sql: sql) }
  }

  private func openingError() -> DataError? {
    dataError { _ = try StudyFile(path: path, identity: identity).contents() }
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
    try execute("PRAGMA user_version = 3")
    let error = openingError()
    #expect(error?.kind == .malformed)
    #expect(error?.description.contains("format 1 or 2, found format 3; use the newer") == true)
  }

  @Test(
    "a study whose tables or rows were changed by hand",
    arguments: [
      "DROP TABLE trial", "DROP TABLE identity", "UPDATE trial SET stage = 'middle'",
      "UPDATE trial SET status = 'won'", "UPDATE trial SET settings = '{'",
      "UPDATE trial SET settings = '{\"lamda\": \"1\"}'",
      "UPDATE trial SET settings = '{\"lambda\": 1}'",
      "ALTER TABLE trial RENAME COLUMN recipe TO r",
      "UPDATE trial SET validation_accuracy = 1.01", "UPDATE trial SET test_accuracy = -0.01",
      "UPDATE trial SET validation_accuracy = 9e999", "UPDATE trial SET test_accuracy = NULL",
      "UPDATE trial SET validation_accuracy = NULL", "UPDATE trial SET validation_loss = -1",
      "UPDATE trial SET status = 'diverged'", "UPDATE trial SET status = 'stopped'",
      "UPDATE trial SET seconds = -1", "UPDATE trial SET seconds = 9e999",
      "UPDATE trial SET steps = 5", "UPDATE trial SET steps = 5, full_steps = 4",
      "UPDATE trial SET steps = -1, full_steps = 4", "UPDATE trial SET number = -number",
      "UPDATE identity SET value = 'many' WHERE name = 'trials'",
      "UPDATE identity SET value = '100001' WHERE name = 'trials'",
    ])
  func edited(_ sql: String) throws {
    try makeStudy()
    try execute(sql)
    let error = try #require(openingError())
    #expect(error.kind == .malformed, "\(error)")
    #expect(!error.description.contains { $0.isNewline })
  }

  @Test("what SQLite finds is told in one line")
  func corrupt() throws {
    try makeStudy(trials: 60)
    var bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
    // The page after the first, where a table's tree begins.
    for index in 4096..<4196 { bytes[index] = 0xFF }
    try folder.write(bytes, to: "study.sqlite")
    let error = try #require(openingError())
    #expect(error.kind == .malformed && error.found.contains("SQLite"), "\(error)")
    #expect(!error.description.contains { $0.isNewline })
  }

  @Test("a study of format 1 is read, and goes on as one of format 2")
  func earlier() throws {
    try makeStudy()
    try execute(
      """
      DROP TABLE rung; ALTER TABLE trial DROP COLUMN steps;
      ALTER TABLE trial DROP COLUMN full_steps; PRAGMA user_version = 1;
      """)
    let study = try StudyFile(path: path, identity: identity)
    #expect(try study.contents().ended.map(\.number) == [1, 2, 3])
    let result = RungResult(4, .coarse, Rung(number: 1, step: 5), accuracy: 0.5)
    let counts = TrialCounts(trials: 60, fineTrials: 0)
    #expect(try study.record(result, in: counts))
    #expect(try StudyFile(path: path, identity: identity).contents().ended.count == 3)
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
        _ = try StudyFile(path: path, identity: identity).contents()
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
