/// A search none of whose trials could be compared.
package struct SearchFailure: Error, Sendable, Hashable, CustomStringConvertible {
  private let count: Int
  private let reason: String

  /// Creates the failure of a search with these trials.
  package init(_ trials: [Trial]) {
    count = trials.count
    reason = trials.first?.outcome?.reason ?? "none has ended"
  }

  /// One sentence for a person.
  package var description: String {
    "search: expected a trial that can be compared, found none among \(count); the first says: "
      + reason
  }
}
