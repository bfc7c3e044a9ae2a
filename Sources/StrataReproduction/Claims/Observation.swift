/// A number of ours that no document prints: what answers a question of the sheet, or shows a reason.
package struct Observation: Sendable {
  /// What it shows, in a few words.
  package let text: String
  /// How the number is found.
  package let measurement: Measurement

  init(_ text: String, _ measurement: Measurement) {
    self.text = text
    self.measurement = measurement
  }
}
