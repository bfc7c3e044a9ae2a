/// Whether one row is better than another, seed by seed.
package struct PairedQuestion: Sendable {
  /// The question that several pairs of networks answer, without its mark.
  package let stem: String
  /// What the answer of this pair is about, which follows the stem.
  package let subject: String
  /// The label of the row that may be better.
  package let row: String
  /// The label of the row it is compared with.
  package let baseline: String
  /// The idea for improvement that the row tries, in a few words; `nil` for none.
  var improvement: String?

  init(
    _ stem: String, _ subject: String, row: String, baseline: String, improvement: String? = nil
  ) {
    self.stem = stem
    self.subject = subject
    self.row = row
    self.baseline = baseline
    self.improvement = improvement
  }

  /// The question.
  package var text: String { "\(stem) \(subject)?" }
}
