/// Successive halving that decides at once: at each rung a trial is stopped for good, or goes on.
///
/// A trial is compared with those of smaller numbers alone, so that what becomes of it depends on
/// the seed and on the trials before it, and not on which of them were faster.
///
/// - SeeAlso: Li et al. 2020, "A System for Massively Parallel Hyperparameter Tuning" (ASHA),
///   <https://arxiv.org/abs/1810.05934>, which promotes trials instead of stopping them.
package struct Halving: Sendable, Hashable {
  /// η: of n trials at a rung, the best n/η go on.
  package let reduction: Int
  /// How often a trial is compared before its end.
  package let rungs: Int

  /// The default reduction.
  package static let defaultReduction = 3
  /// The default number of rungs.
  package static let defaultRungs = 2

  package init(reduction: Int, rungs: Int) {
    self.reduction = reduction
    self.rungs = rungs
  }

  /// The rungs of a run of `length` update steps, the first one first.
  ///
  /// Rung r of R is after ⌊length / η^(R − r + 1)⌋ steps; one before the first step is left out.
  package func rungs(ofRun length: Int) -> [Rung] {
    var step = length
    var found: [Rung] = []
    for number in (1...rungs).reversed() {
      step /= reduction
      if step > 0 { found.append(Rung(number: number, step: step)) }
    }
    return found.reversed()
  }

  /// Whether a trial goes on: of n trials at the rung, itself among them, it is one of the best
  /// ⌊n / η⌋, or they are fewer than η.
  ///
  /// - Parameters:
  ///   - accuracy: Its validation accuracy at the rung.
  ///   - earlier: Those of the trials of smaller numbers, which are before it where they are equal.
  package func shouldContinue(_ accuracy: Double, after earlier: [Double]) -> Bool {
    let count = earlier.count + 1
    return count < reduction || earlier.count { $0 >= accuracy } < count / reduction
  }
}

extension Halving: CustomStringConvertible {
  /// The two numbers, as the options are called.
  package var description: String { "reduction \(reduction), rungs \(rungs)" }
}

/// A place in a run at which trials are compared.
package struct Rung: Sendable, Hashable {
  /// Counted from 1, the first to be reached.
  package let number: Int
  /// Update steps made until then.
  package let step: Int

  package init(number: Int, step: Int) {
    self.number = number
    self.step = step
  }
}

/// How good a trial was at a rung.
package struct RungResult: Sendable, Hashable {
  /// The trial's number.
  package let trial: Int
  /// The stage of the trial, within which results are compared.
  package let stage: SearchStage
  /// The rung.
  package let rung: Rung
  /// The validation accuracy there, a fraction.
  package let accuracy: Double

  package init(_ trial: Int, _ stage: SearchStage, _ rung: Rung, accuracy: Double) {
    self.trial = trial
    self.stage = stage
    self.rung = rung
    self.accuracy = accuracy
  }
}
