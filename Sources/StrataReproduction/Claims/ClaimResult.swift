import Strata
import StrataLab

/// What became of a claim.
package struct ClaimResult: Sendable {
  /// One or two words that close a row of the table of claims.
  package enum Verdict: String, Sendable, Hashable, CaseIterable {
    /// A published number lies in the 95 % prediction interval of one run of ours.
    case inside
    /// It does not.
    case outside
    /// Our 95 % interval lies where the document says.
    case confirmed
    /// It does not lie there as a whole, nor beside it.
    case notConfirmed = "not confirmed"
    /// It lies beside it.
    case contradicted
    /// There is nothing to compare with.
    case notComparable = "not comparable"
  }

  /// The document whose claim it is.
  package let document: String
  /// What it is about.
  package let kind: PublishedClaim.Kind
  /// The claim, in short.
  package let text: String
  /// Where it stands.
  package let citation: Citation
  /// What the document prints.
  package let published: String
  /// What ours is, a phrase.
  package let statistic: String
  /// Our number; a dash without one.
  package let ours: String
  /// Its 95 % interval, or why there is none.
  package let interval: String
  /// What the comparison comes to.
  package let verdict: Verdict
  /// Why it is not as the document says, or cannot be told, a clause; empty for none.
  package let reason: String
}

extension ClaimResult {
  /// A number of ours that was judged.
  struct Judged: Sendable {
    let ours: String
    let interval: String
    let verdict: Verdict
    let reason: String

    private init(ours: String, interval: String, _ verdict: Verdict, reason: String?) {
      (self.ours, self.interval, self.verdict) = (ours, interval, verdict)
      self.reason = verdict == .confirmed ? "" : reason ?? ""
    }

    /// Nothing to compare with, for a reason, a clause.
    static func none(_ reason: String) -> Judged {
      Judged(ours: "–", interval: "–", .notComparable, reason: reason)
    }

    /// Holds numbers against a bound, by what they can tell.
    ///
    /// - Parameter reason: The likeliest reason where they differ; a clause.
    /// - Throws: `ConfigurationError` for no numbers, and for one that is not finite.
    init(
      _ values: [Double], of measurement: Measurement, _ bound: Bound, reason: String?
    ) throws {
      let summary = try SampleSummary(values)
      let text = measurement.text
      let ours = "\(text(summary.mean)) (n = \(summary.count))"
      let held = values.count(where: bound.holds)
      switch (measurement.spread, summary.confidenceInterval()) {
      case (.exact, _):
        self.init(
          ours: text(summary.mean), interval: "exact", held == 1 ? .confirmed : .contradicted,
          reason: reason)
      case (.single, _):
        self.init(
          ours: text(summary.mean), interval: "one search", held == 1 ? .confirmed : .notConfirmed,
          reason: reason)
      case (.range, _):
        let verdict: Verdict =
          held == values.count ? .confirmed : held == 0 ? .contradicted : .notConfirmed
        self.init(
          ours: ours, interval: "range \(text(summary.minimum)) to \(text(summary.maximum))",
          verdict,
          reason: reason)
      case (.student, nil):
        self.init(
          ours: ours, interval: "–", .notComparable, reason: "one seed of ours shows no spread")
      case (.student, let interval?):
        let verdict: Verdict =
          bound.holds(interval)
          ? .confirmed : bound.fails(interval) ? .contradicted : .notConfirmed
        self.init(
          ours: ours, interval: "\(text(interval.lower)) to \(text(interval.upper))", verdict,
          reason: reason)
      }
    }
  }
}
