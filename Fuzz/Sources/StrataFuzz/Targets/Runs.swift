import GRDB

@testable import Strata
@testable import StrataLab

/// A history, which is drawn if it can be read.
func readMetrics(_ bytes: [UInt8]) {
  let file = MemoryFile(bytes)
  guard let history = accepted({ try MetricsFile.read(file.path) }) else { return }
  require(
    zip(history, history.dropFirst()).allSatisfy { $0.step < $1.step }, "steps in their order")
  let text = MetricsFile.text(history)
  let copy = MemoryFile(Array(text.utf8))
  require(
    accepted { try MetricsFile.text(MetricsFile.read(copy.path)) } == text, "the history again")
  let curves = curvesFigure(history: history, title: "input") { _ in 0.1 }
  require(curves.hasSuffix("</svg>\n"), "a figure")
}

func readSummary(_ bytes: [UInt8]) {
  let file = MemoryFile(bytes)
  guard let summary = accepted({ try FinishedRun.readSummary(file.path) }) else { return }
  require(summary["steps"]?.real(Double.self) != nil, "the number of steps")
}

/// A row of a study's file: its settings up to the first zero, then its stage and its status.
func readTrial(_ bytes: [UInt8]) {
  let parts = bytes.split(separator: 0, omittingEmptySubsequences: false)
    .map { String(decoding: $0, as: UTF8.self) }
  guard parts.count == 4 else { return }
  _ = accepted {
    try DatabaseQueue().write { database in
      try StudySchema.create(in: database, StudyIdentity([StudyIdentity.Part("version", parts[3])]))
      let number = Int(parts[3]) ?? 1
      try database.execute(
        sql: "INSERT INTO trial VALUES (?, ?, ?, ?, '', 0.5, 1, NULL, NULL, 0, '', '', ?, ?)",
        arguments: [number, parts[1], parts[0], parts[2], number, number])
      try StudySchema.prepare(database, path: "input")
      _ = try StudySchema.identity(in: database)
      _ = try TrialRow.trials(in: database, path: "input")
    }
  }
}
