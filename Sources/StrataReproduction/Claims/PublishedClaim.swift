import Strata

/// A statement of a document that our results are held against.
package struct PublishedClaim: Sendable {
  /// What the statement is about.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    /// The accuracy of a network.
    case accuracy
    /// The error of a gradient.
    case gradient
    /// What a search found.
    case search
    /// How two networks differ.
    case difference
    /// What is seen in a curve.
    case curve
    /// What can be counted or calculated without training.
    case arithmetic
  }

  /// How it is tested.
  package enum Test: Sendable {
    /// What is measured lies within a bound.
    case measured(Measurement, Bound)
    /// It is not tested, for a reason, a clause.
    case untested(String)
  }

  /// What it is about.
  package let kind: Kind
  /// What the document says, in short.
  package let text: String
  /// What it prints; a dash for a statement without a number.
  package let published: String
  /// Where it says so.
  package let citation: Citation
  /// How it is tested.
  package let test: Test
  /// The likeliest reason where ours differs, a clause; `nil` where nothing speaks for one.
  package let reason: String?

  init(
    _ kind: Kind, _ text: String, published: String = "–", _ citation: Citation, _ test: Test,
    reason: String? = nil
  ) {
    self.kind = kind
    self.text = text
    self.published = published
    self.citation = citation
    self.test = test
    self.reason = reason
  }

  /// What is measured; `nil` where nothing is.
  package var measurement: Measurement? {
    if case .measured(let measurement, _) = test { measurement } else { nil }
  }
}

extension PublishedClaim.Test {
  /// A number of each run of a network lies within a bound.
  static func number(_ statistic: RunStatistic, of row: ReproducedRow, _ bound: Bound) -> Self {
    .measured(.number(statistic, of: row), bound)
  }

  /// A number of a network, less that of another, seed by seed, lies within a bound.
  static func difference(
    _ statistic: RunStatistic, of row: ReproducedRow, from baseline: ReproducedRow, _ bound: Bound
  ) -> Self {
    .measured(.difference(statistic, of: row, from: baseline), bound)
  }

  /// A number of gradient checks lies within a bound.
  static func gradient(
    _ gradient: ReproducedGradient, _ statistic: GradientStatistic, _ bound: Bound
  ) -> Self {
    .measured(.gradient(gradient, statistic), bound)
  }

  /// A number of gradient checks divided by that of others lies within a bound.
  static func gradientRatio(
    _ gradient: ReproducedGradient, _ statistic: GradientStatistic, to other: ReproducedGradient,
    _ bound: Bound
  ) -> Self {
    .measured(.gradientRatio(gradient, statistic, to: other), bound)
  }

  /// A number of the search of a part lies within a bound.
  static func search(part: String, _ statistic: SearchStatistic, _ bound: Bound) -> Self {
    .measured(.search(part: part, statistic), bound)
  }

  /// A number that follows from the document alone lies within a bound.
  static func arithmetic(_ value: Double, of name: String, _ bound: Bound) -> Self {
    .measured(.arithmetic(value, of: name), bound)
  }
}
