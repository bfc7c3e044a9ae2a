import CLibrary
import Strata
import StrataLab
import TestSupport
import Testing

@testable import StrataReproduction

@Suite("Numbers that a run comes to")
struct RunStatisticTests {
  /// Losses of training and validation at the start and after each epoch of ten steps.
  private func run(
    _ losses: [(training: Double, validation: Double?)], summary: [String: Double] = [:]
  ) -> ReproductionResult {
    let history = losses.enumerated().map { epoch, loss in
      HistoryPoint(
        step: 10 * epoch, epoch: Double(epoch), eta: 0.1,
        training: Metrics(loss: loss.training, cost: 9, accuracy: 0.1 * Double(epoch)),
        validation: loss.validation.map {
          Metrics(loss: $0, cost: 9, accuracy: 0.05 * Double(epoch))
        })
    }
    return ReproductionResult(
      ReproductionRun(changes: [:], seed: 1), path: "runs/toy", history: history,
      summary: .object(summary.map { .init($0.key, .real($0.value)) }))
  }

  private func validated(_ losses: [Double]) -> ReproductionResult {
    run(losses.map { (1, $0) })
  }

  @Test("numbers of the end are those of summary.json; one that is missing is damage")
  func ends() throws {
    let summary = [
      "test_accuracy": 0.5, "train_accuracy": 0.75, "validation_accuracy": 0.5, "train_loss": 1.25,
      "validation_loss": 1.75,
    ]
    let run = run([(2, 2)], summary: summary)
    #expect(try RunStatistic.testAccuracy.value(run) == 0.5)
    #expect(try RunStatistic.accuracy(.training).value(run) == 0.75)
    #expect(try RunStatistic.finalLoss.value(run) == 1.25)
    #expect(try RunStatistic.accuracyGap.value(run) == 0.25)
    #expect(try RunStatistic.lossGap.value(run) == 0.5)
    let error = #expect(throws: DataError.self) {
      try RunStatistic.finalLoss.value(self.run([(2, 2)]))
    }
    #expect(error?.path == "runs/toy/summary.json" && error?.expected == "the number train_loss")
  }

  @Test("a number after an epoch is that of the evaluation nearest to its end")
  func epochs() throws {
    let run = run([(4, 5), (3, 4), (2, nil)])
    #expect(try RunStatistic.loss(afterEpoch: 0).value(run) == 4)
    #expect(try RunStatistic.loss(afterEpoch: 1).value(run) == 3)
    #expect(try RunStatistic.loss(afterEpoch: 9).value(run) == 2)
    #expect(try RunStatistic.validationAccuracy(afterEpoch: 1).value(run) == 0.05)
    #expect(try RunStatistic.validationAccuracy(afterEpoch: 2).value(run).isNaN)
  }

  @Test("how far the loss goes from that of guessing in the first epochs, the start left out")
  func departure() throws {
    let guessing = log(10.0)
    let run = run([5, 1.02 * guessing, 0.97 * guessing, 0.5 * guessing].map { ($0, nil) })
    for (epochs, expected) in [(1, 0.02), (2, 0.03), (3, 0.5), (9, 0.5)] {
      let statistic = RunStatistic.departure(inEpochs: epochs)
      #expect(try abs(statistic.value(run) - expected) < 1e-12)
    }
    let classes = try RunStatistic.departure(inEpochs: 1, classes: 4).value(run)
    #expect(abs(classes - (1.02 * log(10.0) / log(4.0) - 1)) < 1e-12)
    #expect(try RunStatistic.departure(inEpochs: 1).value(self.run([(2, nil)])).isNaN)
  }

  @Test("a rise is measured from the least loss before, and divided by the whole fall")
  func rise() throws {
    let run = validated([2, 1.5, 1.75, 1, 1.125])
    #expect(try RunStatistic.rise().value(run) == 0.25)
    #expect(try RunStatistic.rise(inFirst: 0.25).value(run) == 0)
    #expect(try RunStatistic.rise(inFirst: 0.5).value(run) == 0.25)
    #expect(try RunStatistic.rise().value(validated([2, 1.5, 1])) == 0)
    // A slow rise in steps is one rise.
    #expect(try RunStatistic.rise().value(validated([3, 1, 1.5, 2, 2.5])) == 0.75)
    for losses in [[2, 2.5, 3], [2, 2]] {
      #expect(try RunStatistic.rise().value(validated(losses)).isNaN)
    }
    #expect(try RunStatistic.rise().value(self.run([(2, nil), (1, nil)])).isNaN)
  }

  @Test("agreement is the correlation of the changes from epoch to epoch")
  func agreement() throws {
    func agreement(_ training: [Double], _ validation: [Double]) throws -> Double {
      try RunStatistic.agreement.value(run(zip(training, validation).map { ($0, $1) }))
    }
    // Changes 1, 2, 3 and 1, 3, 2: their covariance is half the product of their deviations.
    #expect(try abs(agreement([0, 1, 3, 6], [0, 1, 4, 6]) - 0.5) < 1e-12)
    #expect(try abs(agreement([3, 2, 2, 1], [7, 5, 5, 3]) - 1) < 1e-12)
    #expect(try abs(agreement([3, 2, 2, 1], [3, 5, 5, 7]) + 1) < 1e-12)
    #expect(try agreement([3, 2, 1], [5, 4, 4]).isNaN)
  }

  @Test("a fall is measured from the greatest accuracy before")
  func fall() throws {
    #expect(try RunStatistic.fall.value(run([(2, 2), (1, 1), (1, 1)])) == 0)
    let history = [0.25, 0.5, 0.375, 0.625, 0.375].enumerated().map { step, accuracy in
      HistoryPoint(
        step: step, epoch: Double(step), eta: 0.1,
        training: Metrics(loss: 1, cost: 1, accuracy: 1),
        validation: Metrics(loss: 1, cost: 1, accuracy: accuracy))
    }
    let result = ReproductionResult(
      ReproductionRun(changes: [:], seed: 1), path: "runs/toy", history: history, summary: .null)
    #expect(try RunStatistic.fall.value(result) == 0.25)
  }

  @Test("a bias in front of batch normalization stays 0 but for rounding, another does not")
  func biases() throws {
    let scratch = try ScratchFolder()
    let reproduction = try Toy.reproduction([], in: scratch["all"])
    func bias(_ changes: RecipeChanges) throws -> Double {
      try reproduction.train(
        reproduction.runs(of: changes), jobs: 1, shouldStop: { false }
      ) { _ in }
      let results = ReproducedResults(
        Toy.row("toy", changes), try reproduction.outcomes(of: changes))
      return try RunStatistic.largestBias.value(try #require(results.finished.first))
    }
    #expect(try bias(Toy.base) < 1e-6)
    #expect(try bias(Toy.base.and([.batchNormalization: "none"])) > 1e-3)
  }

  @Test("fractions are written in percent, and differences have a sign")
  func forms() {
    #expect(RunStatistic.Form.percent.text(0.5) == "50.00")
    #expect(RunStatistic.Form.percent.differenceText(0.005) == "+0.50")
    #expect(RunStatistic.Form.percent.differenceText(-0.005) == "-0.50")
    #expect(RunStatistic.Form.percent.unit == " %" && RunStatistic.Form.plain.unit.isEmpty)
    #expect(RunStatistic.Form.plain.text(0.5) == "0.500")
    #expect(RunStatistic.Form.plain.differenceText(0.5) == "+0.500")
    #expect(RunStatistic.Form.plain.differenceText(-0.5) == "-0.500")
  }
}
