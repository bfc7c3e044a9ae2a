/// A setting that is not one of a network, and where it is said.
package struct SettingNote: Sendable, Hashable {
  /// What it is.
  let name: String
  /// Its value.
  let value: String
  /// Where it is said, or why it was chosen.
  let source: SourcedSettings.Source

  init(_ name: String, _ value: String, _ citation: Citation) {
    self.init(name, value, .reported(citation))
  }

  init(_ name: String, _ value: String, unreported reason: String) {
    self.init(name, value, .unreported(reason))
  }

  private init(_ name: String, _ value: String, _ source: SourcedSettings.Source) {
    self.name = name
    self.value = value
    self.source = source
  }
}
