import StrataLab

/// What a change did in one case, seed by seed, and what may be said of it.
struct HandedInEffect: Sendable {
  /// What the difference comes to.
  enum Verdict: Sendable, Hashable, CaseIterable {
    /// More, and chance alone would hardly do that.
    case raised
    /// Less, and chance alone would hardly do that.
    case lowered
    /// Seeds differ by as much.
    case open
    /// The difference is the same for each of several seeds.
    case same
    /// There is no difference for any of several seeds.
    case unchanged
    /// There is one seed.
    case single
    /// There is no difference to judge.
    case none
  }

  /// The case, with its preposition: `at 6 layers`.
  let place: String
  /// What the difference comes to.
  let verdict: Verdict
  /// The mean difference; 0 for none.
  let mean: Double
  /// The 95 % interval of the expected difference; `nil` with one seed.
  let interval: Interval?
  /// The p-value of the t-test after Holm's correction; `nil` for none.
  let adjusted: Double?
  /// The seeds.
  let count: Int
  /// Why there is no difference, a clause; empty where there is one.
  let obstacle: String

  /// What an answer says, whose p-value was corrected together with those beside it.
  ///
  /// - Parameter place: The case, with its preposition; `nil` for the subject of the question.
  init(_ answer: PairedAnswer, place: String? = nil) {
    self.place = place ?? answer.question.subject
    adjusted = answer.adjusted
    switch answer.difference {
    case .failure(let obstacle):
      (verdict, mean, interval, count) = (.none, 0, nil, 0)
      self.obstacle = obstacle.text
    case .success(let difference):
      mean = difference.summary.mean
      interval = difference.test?.interval
      count = difference.summary.count
      obstacle = ""
      verdict = Self.verdict(of: answer, difference)
    }
  }

  /// What the difference of an answer comes to.
  private static func verdict(
    of answer: PairedAnswer, _ difference: PairedAnswer.Difference
  ) -> Verdict {
    guard difference.test != nil else { return .single }
    let mean = difference.summary.mean
    guard answer.adjusted != nil else { return abs(mean) < 1e-12 ? .unchanged : .same }
    return !answer.isSignificant ? .open : mean > 0 ? .raised : .lowered
  }
}

extension HandedInEffect {
  /// Why an interval without 0 is not enough; empty for one that holds it.
  fileprivate var correction: String {
    guard let interval, let adjusted, !interval.contains(0) else { return "" }
    return ", \(pValueText(adjusted)) after Holm's correction"
  }
}

extension [HandedInEffect] {
  /// What a change does to a measure in these cases: one sentence, true for whatever came out.
  ///
  /// - Parameter cause: The change, a noun: `batch normalization`.
  func sentence(_ cause: String, _ measure: HandedInMeasure) -> String {
    var isFirst = true
    let clauses = HandedInEffect.Verdict.allCases.compactMap { verdict -> String? in
      let effects = filter { $0.verdict == verdict }
      guard !effects.isEmpty else { return nil }
      defer { isFirst = false }
      return effects.clause(verdict, isFirst ? cause : nil, measure)
    }
    return clauses.isEmpty ? "" : capitalized(clauses.joined(separator: "; ")) + "."
  }

  /// The part of the sentence on the cases of one verdict.
  ///
  /// - Parameter cause: `nil` where it has been named before.
  private func clause(
    _ verdict: HandedInEffect.Verdict, _ cause: String?, _ measure: HandedInMeasure
  ) -> String {
    let start = cause ?? "it"
    switch verdict {
    case .raised: return "\(start) raises \(measure.name) \(changes(measure))"
    case .lowered: return "\(start) lowers \(measure.name) \(changes(measure))"
    case .open: return doubt(cause, measure)
    case .same:
      let cases = mapJoined { effect in
        "\(effect.place) by the same \(measure.signed(effect.mean)) in each of "
          + "\(effect.count) seeds"
      }
      return "\(start) changes \(measure.name) \(cases)"
    case .unchanged:
      let cases = mapJoined { "\($0.place) in any of \($0.count) seeds" }
      return "\(start) does not change \(measure.name) \(cases)"
    case .single:
      let cases = mapJoined { "\($0.place) by \(measure.signed($0.mean))" }
      return "in one seed, \(start) changes \(measure.name) \(cases)"
    case .none:
      let cases = mapJoined { "\($0.place), since \($0.obstacle)" }
      let known = cause.map { "what \($0) does to \(measure.name) is not known" }
      return "\(known ?? "its effect is not known") \(cases)"
    }
  }

  /// `at 3 layers by 1.20 percentage points (95 % interval +1.00 to +1.40) and at 6 layers by …`.
  private func changes(_ measure: HandedInMeasure) -> String {
    mapJoined { effect in
      let interval = effect.interval.map { " (95 % interval \(measure.text($0)))" } ?? ""
      return "\(effect.place) by \(measure.amount(effect.mean))\(interval)"
    }
  }

  /// `batch normalization has no significant effect on the test accuracy at 3 layers (…)`.
  private func doubt(_ cause: String?, _ measure: HandedInMeasure) -> String {
    let cases = mapJoined { effect in
      let interval = effect.interval.map { ", 95 % interval \(measure.text($0))" } ?? ""
      return "\(effect.place) (\(measure.signed(effect.mean))\(interval)\(effect.correction))"
    }
    let effect = "has no significant effect"
    return (cause.map { "\($0) \(effect) on \(measure.name)" } ?? "it \(effect)") + " \(cases)"
  }

  /// A text of each case, as a list.
  private func mapJoined(_ text: (HandedInEffect) -> String) -> String {
    listText(map(text))
  }
}
