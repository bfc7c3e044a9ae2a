/// A marked number on an axis.
package struct Tick: Sendable, Hashable {
  /// The number.
  package let value: Double
  /// How it is written.
  package let label: String
}
