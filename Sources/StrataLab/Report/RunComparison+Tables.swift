import Strata

extension RunComparison {
  /// Final numbers, a row a run.
  var resultsTable: ReportTable {
    var columns = [TextTable.Column("run")] + resultColumns.map { .init($0.title, .right) }
    columns.insert(.init("95 % interval", .right), at: Self.intervalPlace)
    var table = ReportTable(
      name: "results", title: "Final numbers",
      caption: "Accuracies in percent, losses and costs in nats; test numbers after the last step.",
      columns: columns,
      footnotes: (isRanked ? ["In bold: the highest test accuracy and the lowest test loss."] : [])
        + [
          "Wilson's interval shows the precision of one network's accuracy on so many test images. "
            + "It says nothing about other seeds."
        ])
    let bestAccuracy = runs.map(\.testAccuracy).max()
    let leastLoss = runs.compactMap { $0.run.number("test_loss") }.min()
    for run in runs {
      let cells = resultColumns.map { column in
        let value = run.run.number(column.key)
        let isBest =
          column.key == "test_accuracy" && value == bestAccuracy
          || column.key == "test_loss" && value == leastLoss
        return ReportTable.Cell(
          value.map(column.text) ?? "–", isEmphasized: isBest && isRanked)
      }
      var line = [ReportTable.Cell(run.name)] + cells
      line.insert(.init(run.testInterval.map { intervalText($0) } ?? "–"), at: Self.intervalPlace)
      table.add(line)
    }
    return table
  }

  /// The interval stands behind the run and its test accuracy.
  private static let intervalPlace = 2

  private var isRanked: Bool { runs.count > 1 && dataNote.isEmpty }

  /// Size and time, one row per run.
  var costTable: ReportTable {
    var table = ReportTable(
      name: "costs", title: "Size and time",
      columns: [.init("run")] + costColumns.map { .init($0.title, .right) })
    for run in runs {
      table.add(
        [run.name] + costColumns.map { run.run.number($0.key).map($0.text) ?? "–" })
    }
    return table
  }

  /// Where the numbers come from, a row a run.
  var originTable: ReportTable {
    var table = ReportTable(
      name: "origin", title: "Where the runs come from",
      columns: [
        .init("run"), .init("seed", .right), .init("data"), .init("SHA-256 of the data"),
        .init("kernel"), .init("precision"), .init("version"),
      ])
    for run in runs {
      let summary = run.run.summary
      table.add([
        run.name, "\(run.run.recipe.seed)", run.run.model.dataName,
        String(run.run.dataDigest.prefix(12)) + "…",
        summary["kernel"]?.string ?? "–", run.run.recipe.precision.rawValue,
        summary["version"]?.string ?? "–",
      ])
    }
    return table
  }

  /// The recipes: differing and shared settings.
  var settingsSection: Report.Section {
    let differing = RecipeKey.allCases.filter { isCompared($0) && differs($0) }
    let common = RecipeKey.allCases.filter { isCompared($0) && !differs($0) }
    var shared = ReportTable(
      name: "common-settings",
      title: runs.count == 1 ? "The settings" : "Settings that all runs share",
      columns: [.init("setting"), .init("value")])
    for key in common {
      if let text = text(of: key, in: runs[0].run.recipe) { shared.add([key.rawValue, text]) }
    }
    if runs.count == 1 { return Report.Section("Settings", [.table(shared)]) }
    guard !differing.isEmpty else {
      let sentence = "The recipes of the runs are the same."
      return Report.Section("Settings", [.paragraph(sentence), .foldedTable(shared)])
    }
    return Report.Section("Settings", [.table(differences(differing)), .foldedTable(shared)])
  }

  /// The settings that differ, a row a run; where those are more than the runs, a column a run.
  private func differences(_ keys: [RecipeKey]) -> ReportTable {
    let isTurned = keys.count > max(Self.mostColumns, runs.count)
    let heads = isTurned ? runs.map(\.name) : keys.map(\.rawValue)
    var table = ReportTable(
      name: "settings", title: "Settings that differ",
      caption: "A dash marks a setting that the run's schedule does not use.",
      columns: [.init(isTurned ? "setting" : "run")] + heads.map { .init($0) })
    if isTurned {
      for key in keys {
        table.add([key.rawValue] + runs.map { text(of: key, in: $0.run.recipe) ?? "–" })
      }
    } else {
      for run in runs {
        table.add([run.name] + keys.map { text(of: $0, in: run.run.recipe) ?? "–" })
      }
    }
    return table
  }

  /// Columns of settings that fit a page.
  private static var mostColumns: Int { 4 }

  /// Locations and threads do not affect the result.
  private func isCompared(_ key: RecipeKey) -> Bool { key == .data || !key.isPlace }

  private func differs(_ key: RecipeKey) -> Bool {
    Set(runs.map { text(of: key, in: $0.run.recipe) }).count > 1
  }

  private func text(of key: RecipeKey, in recipe: Recipe) -> String? {
    key.isUsed(in: recipe) ? recipe.value(of: key)?.option : nil
  }
}

/// A column of numbers of the runs.
private struct ResultColumn: Sendable {
  let title: String
  /// The member of `summary.json`.
  let key: String
  let text: @Sendable (Double) -> String
}

private let resultColumns: [ResultColumn] = [
  ResultColumn(title: "test accuracy", key: "test_accuracy") { fixedText(100 * $0, decimals: 2) },
  ResultColumn(title: "test loss", key: "test_loss") { fixedText($0, decimals: 4) },
  ResultColumn(title: "test cost", key: "test_cost") { fixedText($0, decimals: 4) },
  ResultColumn(title: "validation accuracy", key: "validation_accuracy") {
    fixedText(100 * $0, decimals: 2)
  },
  ResultColumn(title: "validation loss", key: "validation_loss") { fixedText($0, decimals: 4) },
  ResultColumn(title: "training accuracy", key: "train_accuracy") {
    fixedText(100 * $0, decimals: 2)
  },
  ResultColumn(title: "training loss", key: "train_loss") { fixedText($0, decimals: 4) },
]

private let costColumns: [ResultColumn] = [
  ResultColumn(title: "parameters", key: "parameters", text: wholeText),
  ResultColumn(title: "steps", key: "steps", text: wholeText),
  ResultColumn(title: "epochs", key: "epochs") { significantText($0, digits: 4) },
  ResultColumn(title: "threads", key: "threads", text: wholeText),
  ResultColumn(title: "training, s", key: "train_seconds") { fixedText($0, decimals: 2) },
  ResultColumn(title: "in all, s", key: "total_seconds") { fixedText($0, decimals: 2) },
  ResultColumn(title: "memory, MiB", key: "peak_memory_bytes") {
    fixedText($0 / 1_048_576, decimals: 1)
  },
]

/// A count without commas, which a program that reads the table would stumble over.
@Sendable private func wholeText(_ count: Double) -> String {
  fixedText(count, decimals: 0).replacing(",", with: "")
}
