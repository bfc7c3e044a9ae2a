import Strata

/// The run that recognizes the most test images against the next, image by image.
struct BestRunTest {
  /// The run of the highest test accuracy.
  let best: ComparedRun
  /// The run of the next.
  let second: ComparedRun
  /// McNemar's test; the first model is that of the best run.
  let test: McNemarTest

  /// Tests the first two runs.
  ///
  /// - Parameter ranked: The runs, the highest test accuracy first.
  /// - Returns: `nil` for a single run, and where the images of one are not to be had or are others.
  init?(_ ranked: [ComparedRun]) {
    guard ranked.count > 1, ranked[0].run.dataDigest == ranked[1].run.dataDigest,
      let first = ranked[0].mistakenImages, let second = ranked[1].mistakenImages,
      let test = try? McNemarTest(
        onlyFirst: second.subtracting(first).count, onlySecond: first.subtracting(second).count)
    else { return nil }
    best = ranked[0]
    self.second = ranked[1]
    self.test = test
  }

  /// The conclusion.
  var sentence: String {
    let verdict =
      test.pValue < 0.05
      ? "so the first of these two networks is better on images of this kind"
      : "so these images do not show which of the two networks is better"
    return "“\(best.name)” alone gets \(countText(test.onlyFirst)) test images right, "
      + "“\(second.name)” alone \(countText(test.onlySecond)) (McNemar's exact test, "
      + "\(pValueText(test.pValue))), \(verdict)."
  }

  /// The numbers for a program to read.
  var json: JSONValue {
    .object([
      .init("best", .string(best.name)), .init("second", .string(second.name)),
      .init("only_best_right", .integer(test.onlyFirst)),
      .init("only_second_right", .integer(test.onlySecond)),
      .init("p_mcnemar", .real(test.pValue)),
    ])
  }
}

extension ComparedRun {
  /// The test images that it takes for another class; `nil` without its images.
  fileprivate var mistakenImages: Set<Int>? {
    (try? examination.get()).map { Set($0.outcome.mistakes.map(\.image)) }
  }

  /// Wilson's 95 % interval of its test accuracy; `nil` without its images.
  var testInterval: Interval? { (try? examination.get())?.testInterval }
}

extension RunExamination {
  /// Wilson's 95 % interval of the test accuracy: how far so many images tell it.
  var testInterval: Interval? {
    try? Interval(wilson: test.count - outcome.mistakes.count, of: test.count)
  }
}
