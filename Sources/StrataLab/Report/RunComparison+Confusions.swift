import Strata

extension RunComparison {
  /// The confusion matrices, and the pairs that are confused most.
  var confusionSection: Report.Section {
    let figures = runs.compactMap { run -> Report.Block? in
      guard case .success(let examination) = run.examination else { return nil }
      let svg = confusionFigure(
        matrix: examination.outcome.confusion, classNames: run.run.model.classNames,
        title: "\(run.name): test images")
      return .figure(
        ReportFigure(
          name: "confusion", svg: svg,
          caption:
            "The classes that “\(run.name)” predicts for the test images of each class. Colours: the "
            + "share of the row.",
          commands: ["strata evaluate \(shellWord(run.run.path)) --split test"]))
    }
    let pairs = confusedGroups.flatMap(pairTables).map { Report.Block.table($0) }
    return Report.Section("Confusions", missingNotes + pairs + figures)
  }

  /// Says of which runs there are no images, and why.
  private var missingNotes: [Report.Block] {
    runs.compactMap { run in
      run.problem.map {
        .paragraph(
          "The parts that need the images of “\(run.name)” are left out, here and below: \($0)")
      }
    }
  }

  /// Runs of the same classes, whose confusions can stand in one table.
  private var confusedGroups: [[ComparedRun]] {
    var groups: [[ComparedRun]] = []
    for run in runs {
      guard case .success = run.examination else { continue }
      let names = run.run.model.classNames
      if let index = groups.firstIndex(where: { $0[0].run.model.classNames == names }) {
        groups[index].append(run)
      } else {
        groups.append([run])
      }
    }
    return groups
  }

  /// As many runs as fit beside each other on paper.
  private static let runsAbreast = 6

  /// The same pairs for all runs, a few runs a table.
  private func pairTables(_ group: [ComparedRun]) -> [ReportTable] {
    let names = group[0].run.model.classNames
    let matrices = group.compactMap { try? $0.examination.get().outcome.confusion }
    let pairs = confusedPairs(in: matrices).prefix(10)
    return stride(from: 0, to: group.count, by: Self.runsAbreast).map { first in
      let shown = first..<min(first + Self.runsAbreast, group.count)
      var table = ReportTable(
        name: "confused-pairs", title: "The most confused pairs",
        caption:
          "The percentage of the true class's test images that a run predicts as the other; the "
          + "highest on average first.",
        columns: [.init("true class"), .init("taken for")]
          + group[shown].map { .init($0.name, .right) })
      for pair in pairs {
        table.add(
          [names[pair.label], names[pair.prediction]]
            + pair.shares[shown].map { fixedText(100 * $0, decimals: 1) })
      }
      return table
    }
  }
}

/// A class that is taken for another.
struct ConfusedPair: Hashable {
  let label: Int
  let prediction: Int
  /// The share of the label's images, in each matrix.
  let shares: [Double]
}

/// The pairs that are ever confused, the one with the highest mean share first.
///
/// - Precondition: the matrices are of one size.
func confusedPairs(in matrices: [ConfusionMatrix]) -> [ConfusedPair] {
  guard let classes = matrices.first.map({ 0..<$0.classes }) else { return [] }
  let pairs = classes.flatMap { label in
    classes.filter { $0 != label }.map { prediction in
      let shares = matrices.map { matrix in
        let total = matrix.count(of: label)
        return total == 0 ? 0 : Double(matrix[label, prediction]) / Double(total)
      }
      return ConfusedPair(label: label, prediction: prediction, shares: shares)
    }
  }
  return pairs.filter { $0.shares.contains { $0 > 0 } }.sorted { first, second in
    let sums = (first.shares.reduce(0, +), second.shares.reduce(0, +))
    return sums.0 != sums.1
      ? sums.0 > sums.1
      : (first.label, first.prediction) < (second.label, second.prediction)
  }
}
