import LabTestSupport
import Strata
import StrataLab
import Testing

@testable import StrataReproduction

@Suite("Sentences of the handed-in report on searches, gains and the best network")
struct HandedInSentenceTests {
  // MARK: The search for λ

  /// Results with finalists, from their accuracies seed by seed; `nil` for a run that diverged.
  private func results(_ finalists: [(lambda: String, accuracies: [Double?])]) throws
    -> SearchResults
  {
    let plan = try SearchSamples.plan {
      ($0.trials, $0.fineTrials, $0.finalists, $0.finalSeeds) = (4, 2, max(1, finalists.count), 3)
      $0.final = ["epochs=3"]
    }
    let coarse = [
      SearchSamples.trial(1, lambda: "0.001", accuracy: 0.5),
      SearchSamples.trial(2, lambda: "0.01", accuracy: 0.4),
    ]
    let finals = finalists.enumerated().flatMap { index, finalist in
      finalist.accuracies.enumerated().map { seed, accuracy in
        let trial = SearchSamples.trial(
          10 + 10 * index + seed, lambda: finalist.lambda, accuracy: accuracy, stage: .final)
        return Trial(
          trial.number, .final, trial.values + [TrialValue(.seed, "\(seed + 1)")],
          outcome: trial.outcome)
      }
    }
    return SearchResults(
      plan: plan, study: "a.sqlite", data: "shapes", fine: nil, trials: coarse + finals,
      finalists: try Finalist.ranked(finals), best: coarse[0])
  }

  @Test("the range, and the trials of each stage")
  func range() throws {
    let results = try results([])
    #expect(
      HandedInReport.rangeSentence(results).hasPrefix(
        "λ was drawn at random, evenly in log λ, from 1e-5 to 0.1 in 2 coarse trials; each trial")
    )
  }

  @Test("the best λ with its accuracies, those that are tied with it and those that are worse")
  func best() throws {
    let results = try results([
      ("0.001", [0.50, 0.51, 0.52]), ("0.002", [0.505, 0.50, 0.52]), ("0.05", [0.3, 0.31, 0.32]),
    ])
    let text = HandedInReport.bestSentence(results)
    #expect(
      text.contains("has λ = 0.001 and a test accuracy of 50.00 % (95 % interval 47.52 to 52.48)."),
      "\(text)")
    #expect(text.contains("from 3 seeds (epochs 3)"))
    #expect(
      HandedInReport.tieSentence(results)
        == "λ = 0.002 is not significantly worse by validation accuracy; λ = 0.05 is worse by "
        + "validation accuracy.")
  }

  @Test("one seed tells no finalists apart; a finalist that diverged has no accuracy")
  func doubts() throws {
    let single = try results([("0.001", [0.5]), ("0.002", [0.4])])
    #expect(HandedInReport.tieSentence(single) == "One seed cannot tell the finalists apart.")
    #expect(HandedInReport.bestSentence(single).contains("a test accuracy of 49.00 %"))
    let diverged = try results([("0.001", [0.5, nil]), ("0.002", [nil, 0.4])])
    #expect(HandedInReport.bestSentence(diverged).contains("no finalist was trained to its end"))
    #expect(HandedInReport.tieSentence(diverged) == nil)
    let partly = try results([("0.001", [0.5, 0.6]), ("0.002", [nil, 0.4])])
    #expect(HandedInReport.tieSentence(partly) == "λ = 0.002 was not trained to the end.")
  }

  @Test("whether the best λ beats the default: yes, no, it may be chance")
  func usual() throws {
    let results = try results([("0.001", [0.5, 0.51])])
    let row = ReproducedRow(
      "before the search", SourcedSettings().unreported([.lambda: "0.005", .cycles: "3"], "A toy."))
    let baseline = ReproducedResults(row, [])
    func text(_ differences: [Double]) throws -> String? {
      HandedInReport.defaultSentence(
        results, baseline, try [HandedInSamples.answer("it", differences)].corrected())
    }
    #expect(
      try text([0.011, 0.012, 0.013])
        == "The λ of the search instead of 0.005 raises the test accuracy with 3 cycles by "
        + "1.20 percentage points (95 % interval +0.95 to +1.45).")
    #expect(try text([-0.011, -0.012, -0.013])?.contains("lowers the test accuracy") == true)
    #expect(try text([0.01, -0.02, 0.03])?.contains("has no significant effect") == true)
    #expect(
      HandedInReport.defaultSentence(results, baseline, [])?
        .hasPrefix("The default λ, 0.005, cannot be compared, since") == true)
    #expect(HandedInReport.defaultSentence(results, nil, []) == nil)
  }

  // MARK: Gains

  private func gains(_ differences: [(String, [Double])]) throws -> [Gain] {
    try differences.map { label, differences in
      try HandedInSamples.answer(label, differences, improvement: label)
    }.corrected().map { answer in
      let difference = try answer.difference.get()
      return Gain(
        label: answer.question.subject, answer: answer, mean: difference.summary.mean,
        interval: difference.test?.interval)
    }.sorted { $0.mean > $1.mean }
  }

  @Test("gains are named, the largest first; harm is named too")
  func sureGains() throws {
    let gains = try gains([
      ("noise", [0.01, -0.02, 0.03]), ("width", [0.04, 0.041, 0.042]),
      ("harm", [-0.05, -0.051, -0.052]),
    ])
    #expect(
      HandedInReport.gainSentence(gains)?.hasPrefix(
        "1 of 3 improvements brings a significant gain: “width” "
          + "(+4.10 percentage points, 95 % interval +3.85 to +4.35).") == true)
    #expect(HandedInReport.harmSentence(gains) == "One lowers the test accuracy: “harm”.")
  }

  @Test("without a sure gain none is claimed, and one seed claims nothing")
  func doubtfulGains() throws {
    let doubtful = try gains([("noise", [0.01, -0.02, 0.03]), ("less", [0.01, -0.03, 0.01])])
    #expect(
      HandedInReport.gainSentence(doubtful)?.hasPrefix(
        "None of 2 improvements brings a significant gain; the largest mean is that of “noise”")
        == true)
    #expect(HandedInReport.harmSentence(doubtful) == nil)
    #expect(
      HandedInReport.gainSentence(try gains([("one", [0.01])]))
        == "Of 1 improvement, the largest difference is that of “one” (+1.00 percentage points); "
        + "one seed proves nothing.")
    #expect(HandedInReport.gainSentence([]) == nil)
    #expect(
      HandedInReport.failureSentence([HandedInSamples.failure("deep", improvement: "deep")])
        == "The gain is not known of “deep”, since “deep” diverged with seed 1.")
  }

  @Test("the figure has the ten greatest gains, and says so where there are more")
  func gainFigure() throws {
    let ten = try gains((1...10).map { ("idea \($0) of many", [-0.01 * Double($0)]) })
    let all = HandedInReport.gainFigure(ten)
    #expect(all.caption.hasPrefix("The gain of each improvement over its baseline in"))
    #expect(all.svg.contains("Gain of each improvement") && all.svg.contains("idea 10 of many"))
    let more = try gains((1...12).map { ("idea \($0) of many", [-0.01 * Double($0)]) })
    let greatest = HandedInReport.gainFigure(more)
    #expect(greatest.caption.hasPrefix("The 10 greatest gains of improvements over their"))
    #expect(greatest.svg.contains("The 10 greatest gains"))
    #expect(greatest.svg.contains("idea 10 of many") && !greatest.svg.contains("idea 11 of many"))
  }

  @Test("of many comparisons the clear ones are named, the others counted")
  func counts() throws {
    let answers = try [
      HandedInSamples.answer("2 layers", [0.011, 0.012, 0.013]),
      HandedInSamples.answer("4 layers", [0.01, -0.02, 0.03]),
      HandedInSamples.answer("5 layers", [-0.01, 0.02, 0.01]), HandedInSamples.failure("9 layers"),
    ].corrected()
    #expect(
      HandedInReport.countSentence(answers)
        == "Is it better? Of 4 networks, 1 is significantly better (2 layers), none is "
        + "significantly worse, 2 show no significant difference and 1 cannot be judged, since a "
        + "run diverged.")
  }

  // MARK: Layers of gradient checks

  @Test("errors grow only where each layer has a larger one than the next")
  func layers() {
    #expect(
      HandedInReport.layerSentence([[3e-9, 2e-9], [3e-9, 2e-9, 1e-9]])
        == "In 2 of the table's 2 checks, the mean relative error of the weights grows from each "
        + "layer to the one before it, as the sheet expects.")
    let ends = "of the table's 2 checks, W1 has a larger mean relative error than the last layer's "
    for middle in [3e-9, 1e-9, nil] {
      #expect(
        HandedInReport.layerSentence([[3e-9, 2e-9], [3e-9, middle, 1e-9]])
          == "In 2 \(ends)weights.")
    }
    #expect(
      HandedInReport.layerSentence([[3e-9, 2e-9], [1e-9, 2e-9, 3e-9]]) == "In 1 \(ends)weights.")
  }

  @Test("errors that do not grow are said to contradict the sheet; zeros are not compared")
  func fallingErrors() {
    #expect(
      HandedInReport.layerSentence([[1e-9, 2e-9], [nil, 2e-9]])
        == "In none of the table's 1 check does W1 have a larger mean relative error than the "
        + "last layer's weights, although the sheet expects the discrepancy to grow towards the "
        + "earlier layers.")
    #expect(
      HandedInReport.layerSentence([[1e-9], [nil, nil]]) == "No two layers can be compared.")
  }

  // MARK: The best network

  @Test("the best network is chosen by validation accuracy, and a higher test accuracy is said")
  func bestNetwork() throws {
    func candidate(_ name: String, _ validation: Double, _ test: [Double]) throws
      -> HandedInReport.Candidate
    {
      HandedInReport.Candidate(
        name: name, validation: try SampleSummary([validation]), test: try SampleSummary(test))
    }
    let first = try candidate("“a”", 0.6, [0.50, 0.51])
    let second = try candidate("“b”", 0.5, [0.52, 0.53])
    #expect(
      HandedInReport.bestSentence([second, first])
        == "The best network by validation accuracy, “a”, reaches a test accuracy of "
        + "50.50 % (95 % interval 44.15 to 56.85); the highest mean, 52.50 %, 95 % interval "
        + "46.15 to 58.85, is that of “b”.")
    #expect(HandedInReport.bestSentence([first])?.hasSuffix("no other has a higher mean.") == true)
    #expect(HandedInReport.bestSentence([]) == nil)
  }
}
