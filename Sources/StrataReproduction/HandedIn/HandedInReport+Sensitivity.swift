import CLibrary
import Strata
import StrataLab

// Item v: how much the first weights matter, with and without batch normalization.
extension HandedInReport {
  /// The sentences, the table and the loss plots.
  ///
  /// The table comes first: on paper it fills the space that is too small for the figure.
  ///
  /// - Throws: `DataError` when the summary of a run lacks a number.
  func sensitivity() throws -> [Report.Block] {
    guard let experiment = experiment("sensitivity") else { return missing("sensitivity") }
    let pairs = pairs(of: experiment)
    guard !pairs.isEmpty else { return missing("sensitivity") }
    let sentences = try [
      sentence(.testAccuracy, of: pairs, "with"), sentence(.finalLoss, of: pairs, "with"),
      Self.spreadSentence(pairs), guessingSentence(pairs),
    ]
    let figure = lossFigure(
      pairs.compactMap(panel), "Loss for three initializations",
      "The loss over update steps where all first weights are drawn with one σ; otherwise the "
        + "default setting of the 3-layer network.")
    let results = pairs.flatMap { [$0.plain, $0.normalized] }
    return [.paragraph(sentences.compactMap(\.self).joined(separator: " "))]
      + [.table(try endTable(results, "The 3-layer network by σ, at the end"))] + figure
  }

  /// How far apart the mean test accuracies of the initializations are; `nil` where runs diverged.
  ///
  /// - Throws: `DataError` when the summary of a run lacks a number.
  static func spreadSentence(_ pairs: [Pair]) throws -> String? {
    func spread(_ results: [ReproducedResults]) throws -> Double? {
      guard results.allSatisfy(\.diverged.isEmpty) else { return nil }
      let means = try results.compactMap { try $0.summary(.test)?.mean }
      guard let least = means.min(), let greatest = means.max() else { return nil }
      return greatest - least
    }
    guard let plain = try spread(pairs.map(\.plain)),
      let normalized = try spread(pairs.map(\.normalized))
    else { return nil }
    return "From the best σ to the worst, the mean test accuracy falls by "
      + "\(accuracyText(plain)) percentage points without batch normalization and by "
      + "\(accuracyText(normalized)) points with it."
  }

  /// How many runs of which networks end at the loss of guessing; `nil` for none.
  ///
  /// - Throws: `DataError` when the summary of a run lacks a number.
  func guessingSentence(_ pairs: [Pair]) throws -> String? {
    let guessing = log(Double(source.reproduction.data.pair.training.classNames.count))
    let counts = try pairs.flatMap { [$0.plain, $0.normalized] }.compactMap { results -> String? in
      let count = try results.finished.count {
        abs(try $0.number("train_loss") / guessing - 1) < Self.guessingMargin
      }
      return count == 0 ? nil : "\(count) of \(results.finished.count) of “\(results.row.label)”"
    }
    guard !counts.isEmpty else { return nil }
    let margin = percentText(Self.guessingMargin, decimals: 0)
    return
      "Runs that end within \(margin) of the training loss of guessing, ln K = "
      + "\(fixedText(guessing, decimals: 3)), and so learned nothing: \(listText(counts))."
  }

  /// As near as this, a loss is that of guessing.
  private static let guessingMargin = 0.01
}
