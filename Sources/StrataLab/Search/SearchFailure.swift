/// A search none of whose trials was finished.
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
    "search: expected a finished trial, found none among \(count); the first says: "
      + reason
  }
}
