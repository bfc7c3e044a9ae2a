/// The settings of a run by their names, in a form that two runs can be compared in.
public struct TrainingSettings: Sendable, Hashable {
  /// The names and values as one line of JSON.
  public var text: String { json.text }

  let json: JSONValue

  /// Names the settings of a configuration that change the run, its length in update steps.
  public init(_ configuration: TrainingConfiguration) {
    let compared = TrainingSetting.table.filter { $0.isCompared && $0.isUsed(in: configuration) }
    json = .object(compared.map { .init($0.name, $0.json(configuration)) })
  }

  /// Reads what a checkpoint holds; older versions keep what belongs to the schedule, and the length
  /// of the run once more, in an object of its own.
  init(json: JSONValue) {
    let members = json.members?.flatMap { member in
      guard member.name == "schedule", let parts = member.value.members else { return [member] }
      return parts.filter { $0.name != "steps" }
        .map { .init($0.name == "name" ? "schedule" : $0.name, $0.value) }
    }
    self.json = members.map(JSONValue.object) ?? json
  }

  /// Checks that a run with these settings may go on with others: only when they are the same.
  ///
  /// - Parameter isProlonged: Whether there may be more update steps, where η does not depend on how
  ///   many there are.
  /// - Throws: `ConfigurationError` with the first setting that differs.
  func requireSame(as other: TrainingSettings, isProlonged: Bool) throws {
    let names = [json, other.json].flatMap { $0.members?.map(\.name) ?? [] }
    for name in names where self[name] != other[name] {
      if name == "update-steps" && isProlonged && isLonger(other) { continue }
      throw ConfigurationError(
        setting: name, expected: "\(self[name]?.text ?? "none"), the run's original setting",
        found: other[name]?.text ?? "none", hint: "restore the setting or start a new run")
    }
  }

  /// Whether other settings have more update steps, of which η of each is the same.
  private func isLonger(_ other: TrainingSettings) -> Bool {
    let shapes = [Schedule.Shape.constant, .cyclical].map(\.rawValue)
    guard let steps = self["update-steps"]?.integer, let more = other["update-steps"]?.integer,
      let shape = self["schedule"]?.string
    else { return false }
    return more > steps && shapes.contains(shape)
  }

  /// The value of a setting; of one that older files lack, the default, which was the only value then.
  private subscript(name: String) -> JSONValue? {
    json[name] ?? TrainingSetting.named(name)?.json(TrainingConfiguration())
  }
}
