/// Thrown out of work that was to stop before its end.
package struct Stopped: Error, CustomStringConvertible {
  /// What is saved and how to go on, one sentence.
  package let description: String

  package init(_ description: String = "stopped") { self.description = description }
}
