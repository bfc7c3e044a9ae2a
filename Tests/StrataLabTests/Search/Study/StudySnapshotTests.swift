import Foundation
import GRDB
import Strata
import TestSupport
import Testing

@testable import StrataLab

@Suite("A look at a search")
struct StudySnapshotTests {
  @Test("it tells how many trials have ended, and the best of them")
  func trials() throws {
    let bench = try SearchBench()
    let search = try bench.search()
    let plan = search.known.plan
    let path = bench.path("study.sqlite")
    let start = StudySnapshot(plan, study: path)
    #expect(start.total == 10 && start.ended.isEmpty && start.shareLeft == 1)
    #expect(start.best == nil && !start.isDone)
    let results = try bench.run(search)
    let end = StudySnapshot(plan, study: path)
    #expect(end.isDone && end.shareLeft == 0 && end.ended.count == 10)
    #expect(end.best == results.best)
  }

  @Test("where there is no study, a damaged one or that of another search, no trial has ended")
  func others() throws {
    let bench = try SearchBench()
    let search = try bench.search()
    let plan = search.known.plan
    _ = try bench.run(search)
    let other = try bench.search("other.sqlite", over: ["eta-max=log:1e-3..1e-1"]) {
      $0.fineTrials = 4
    }
    #expect(StudySnapshot(other.known.plan, study: bench.path("study.sqlite")).ended.isEmpty)
    try Data("no study".utf8).write(to: URL(filePath: bench.path("text")))
    try DatabaseQueue(path: bench.path("view.sqlite")).write { db in
      try db.execute(sql: "PRAGMA application_id = \(StudySchema.applicationID)")
      try db.execute(sql: "PRAGMA user_version = \(StudySchema.format)")
      try db.execute(
        sql: "CREATE VIEW trial AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) "
          + "SELECT i FROM n")
    }
    for name in ["nothing", "text", "view.sqlite", "."] {
      let glance = StudySnapshot(plan, study: bench.path(name))
      #expect(glance.ended.isEmpty && glance.total == 10, "\(name)")
    }
  }

  @Test("it makes, changes and claims nothing, also while others work on the study")
  func noTrace() throws {
    let bench = try SearchBench()
    let search = try bench.search()
    let plan = search.known.plan
    _ = try bench.run(search)
    let path = bench.path("study.sqlite")
    let (names, bytes) = (try bench.names, try Data(contentsOf: URL(filePath: path)))
    guard let claim = try TrialClaim(firstFreeOf: [1], study: path) else {
      Issue.record("the trial was not had")
      return
    }
    #expect(StudySnapshot(plan, study: path).isDone)
    _ = consume claim
    _ = StudySnapshot(plan, study: bench.path("nothing"))
    #expect(try bench.names == names + [lastComponent(of: TrialClaim.file(ofStudy: path))])
    #expect(try Data(contentsOf: URL(filePath: path)) == bytes)
  }
}
