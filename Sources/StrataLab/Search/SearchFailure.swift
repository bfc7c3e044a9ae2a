import Strata

/// A search none of whose trials was finished.
package struct SearchFailure: Error, Sendable, Hashable, CustomStringConvertible {
  private let count: Int
  private let reason: String

  /// Creates the failure of a search with these trials.
  package init(_ trials: [Trial]) {
    count = trials.count
    reason = trials.first?.outcome?.reason ?? "none has finished"
  }

  /// One sentence for a person.
  package var description: String {
    "search: expected a finished trial, found none among \(count); the first says: "
      + reason
  }
}

/// A trial for which there is no memory now; it is not written down, so that the search can go on
/// where there is more.
package struct TrialTooLarge: Error, Sendable, Hashable, CustomStringConvertible {
  private let number: Int
  private let shortage: ConfigurationError

  init(_ trial: Trial, _ shortage: ConfigurationError) {
    number = trial.number
    self.shortage = shortage
  }

  /// One sentence for a person.
  package var description: String {
    "search: trial \(number): \(shortage.setting): expected \(shortage.expected), found "
      + "\(shortage.found); lower --jobs or \(shortage.setting)."
  }
}
