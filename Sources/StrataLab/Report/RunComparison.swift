import Strata

/// A comparison of finished runs: what `strata report` writes.
package struct RunComparison: Sendable {
  /// The runs, in the order of the report.
  package let runs: [ComparedRun]
  /// The command that makes the report again.
  let command: String

  /// Creates a comparison.
  ///
  /// - Parameters:
  ///   - runs: At least one.
  ///   - command: The command that makes the report again, for who reads it.
  package init(_ runs: [ComparedRun], command: String) {
    self.runs = runs
    self.command = command
  }

  /// The comparison as a document.
  package var report: Report {
    let title = runs.count == 1 ? "Run “\(runs[0].name)”" : "Comparison of \(runs.count) runs"
    let sections = [
      Report.Section("Final numbers", [.table(resultsTable), .table(costTable)]), settingsSection,
      curvesSection, confusionSection, mistakesSection, weightsSection, activitySection,
      originSection,
    ]
    return Report(
      title: title, introduction: introduction, sections: sections.filter { !$0.blocks.isEmpty })
  }

  /// The answers in plain words.
  private var introduction: [String] {
    guard dataNote.isEmpty else { return [dataNote] }
    let best = ranked[0]
    let accuracy = percentText(best.testAccuracy, decimals: 2)
    guard let second = ranked.dropFirst().first else {
      return ["“\(best.name)” recognizes \(accuracy) of the test images."]
    }
    let ahead = fixedText(100 * (best.testAccuracy - second.testAccuracy), decimals: 2)
    let points = ahead == "1.00" ? "percentage point" : "percentage points"
    let sentence =
      ahead == "0.00"
      ? "“\(best.name)” and “\(second.name)” recognize the most test images, \(accuracy) of them."
      : "“\(best.name)” recognizes the most test images, \(accuracy) of them, \(ahead) \(points) more "
        + "than the next, “\(second.name)”."
    let test = bestRunTest.map { [$0.sentence] } ?? []
    return [sentence] + test + [
      "These are single runs: another seed alone often moves the test accuracy by half a point or "
        + "more, so a small difference between two runs says little about their settings."
    ]
  }

  /// The highest test accuracy first; of equal ones the order stays.
  private var ranked: [ComparedRun] { runs.sorted { $0.testAccuracy > $1.testAccuracy } }

  /// The best two image by image; `nil` where they cannot be compared so.
  var bestRunTest: BestRunTest? { BestRunTest(ranked) }

  /// Says where the runs cannot be compared number by number.
  var dataNote: String {
    let digests = Set(runs.map(\.run.dataDigest))
    return digests.count == 1
      ? "" : "The runs used different training data, so their numbers are not comparable."
  }

  /// How everything is made again.
  private var originSection: Report.Section {
    let repeats = runs.map { run in
      "strata train \(shellWord(path(run.run.path, RunFolder.recipeName)))"
    }
    return Report.Section(
      "How this was made",
      [
        .paragraph(
          "Written by strata \(strataVersion). The first command repeats the report, the others "
            + "the runs. A run repeats its numbers with the same kernel."),
        .commands([command] + repeats), .table(originTable),
      ])
  }
}

extension ComparedRun {
  /// The fraction of test images that were recognized.
  var testAccuracy: Double { run.number("test_accuracy") ?? 0 }
}

/// A word as it is typed in a shell, with quotation marks where it needs them.
package func shellWord(_ text: String) -> String {
  let isPlain = text.utf8.allSatisfy { byte in
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
      || "/._-,=:+@%".utf8.contains(byte)
  }
  return isPlain && !text.isEmpty ? text : "'" + text.replacing("'", with: "'\\''") + "'"
}
