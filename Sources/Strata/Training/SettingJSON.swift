/// A value of a setting, in the form that checkpoints hold it in.
protocol SettingJSON {
  var json: JSONValue { get }
}

extension Int: SettingJSON {
  var json: JSONValue { .integer(self) }
}

extension UInt64: SettingJSON {
  var json: JSONValue { .number("\(self)") }
}

extension Double: SettingJSON {
  var json: JSONValue { .real(self) }
}

extension Bool: SettingJSON {
  var json: JSONValue { .boolean(self) }
}

extension Array: SettingJSON where Element: SettingJSON {
  var json: JSONValue { .array(map(\.json)) }
}

extension Optional: SettingJSON where Wrapped: SettingJSON {
  var json: JSONValue { self?.json ?? .null }
}

extension SettingJSON where Self: RawRepresentable, RawValue == String {
  var json: JSONValue { .string(rawValue) }
}

extension Activation: SettingJSON {}
extension BatchNormalizationPlacement: SettingJSON {}
extension Optimizer.Rule: SettingJSON {}
extension Precision: SettingJSON {}
extension Schedule.Shape: SettingJSON {}

extension Initialization: SettingJSON {
  var json: JSONValue {
    switch self {
    case .he: .string("he")
    case .xavier: .string("xavier")
    case .fixed(let deviation): .real(deviation)
    }
  }
}

extension Augmentation: SettingJSON {
  var json: JSONValue {
    .object([
      .init("flip", .boolean(flips)), .init("shift", .integer(shift)),
      .init("rotate", .real(rotation)), .init("brightness", .real(brightness)),
      .init("contrast", .real(contrast)),
    ])
  }
}
