import Strata

/// How the text of a setting is read and written, whatever the setting's range.
struct ValueForm<Value: Sendable>: Sendable {
  /// What is accepted, as it follows "expected"; `nil` where the range says it.
  let expected: String?
  /// Whether a recipe may hold the parts between commas as a list.
  var isList = false
  /// The value of a text; `nil` when the text is not one.
  let parse: @Sendable (String) -> Value?
  /// The value as it is written.
  let render: @Sendable (Value) -> SettingValue
}

extension ValueForm where Value == Int {
  /// A whole number.
  static var whole: ValueForm {
    ValueForm(expected: nil, parse: { wholeNumber($0) }, render: { .plain("\($0)") })
  }

  /// A whole number of at least `minimum`; the upper limit keeps products of two in range.
  static func whole(from minimum: Int, to maximum: Int = 1_000_000_000) -> ValueForm {
    ValueForm(
      expected: "a whole number from \(minimum) to \(maximum)",
      parse: { text in
        wholeNumber(text).flatMap { (minimum...maximum).contains($0) ? $0 : nil }
      },
      render: { .plain("\($0)") })
  }
}

extension ValueForm where Value == UInt64 {
  /// A seed.
  static var seed: ValueForm {
    ValueForm(
      expected: "a whole number from 0 to \(UInt64.max)", parse: { wholeNumber($0) },
      render: { .plain("\($0)") })
  }
}

extension ValueForm where Value == Double {
  /// A finite number.
  static var number: ValueForm {
    ValueForm(expected: nil, parse: decimal, render: { .plain(decimalText($0)) })
  }

  /// A finite number that is not negative.
  static var notNegative: ValueForm {
    ValueForm(
      expected: "a finite number of at least 0",
      parse: { text in decimal(text).flatMap { $0 >= 0 ? $0 : nil } },
      render: { .plain(decimalText($0)) })
  }
}

extension ValueForm where Value == String {
  /// Any text but an empty one.
  static var text: ValueForm {
    ValueForm(
      expected: "a name or a path", parse: { $0.isEmpty || $0.contains("\0") ? nil : $0 },
      render: { .text($0) })
  }
}

extension ValueForm where Value == Bool {
  /// `true` or `false`, and no other spelling.
  static var truth: ValueForm {
    ValueForm(expected: "true or false", parse: { Bool($0) }, render: { .plain("\($0)") })
  }
}

extension ValueForm
where Value: CaseIterable & RawRepresentable, Value.RawValue == String {
  /// One of the names of an enumeration.
  static var choice: ValueForm {
    ValueForm(
      expected: Value.allCases.map(\.rawValue).joined(separator: ", "),
      parse: { Value(rawValue: $0) }, render: { .text($0.rawValue) })
  }
}

extension ValueForm where Value == [Int] {
  /// Widths of layers between commas, or `none`.
  static var widths: ValueForm {
    ValueForm(
      expected: "widths from 1 to \(Architecture.maximumWidth) between commas, fewer than "
        + "\(Architecture.maximumDepth) of them, or none",
      isList: true,
      parse: { text in
        if text == "none" { return [] }
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let widths = parts.compactMap { wholeNumber(trimmed($0)) as Int? }
        return widths.count == parts.count ? widths : nil
      },
      render: { $0.isEmpty ? .text("none") : .list($0) })
  }
}

extension ValueForm where Value == Initialization {
  /// `he`, `xavier` or a standard deviation.
  static var initialization: ValueForm {
    ValueForm(
      expected: "he, xavier or a standard deviation of at least 0",
      parse: { text in
        switch text {
        case "he": .he
        case "xavier": .xavier
        default: decimal(text).map { .fixed($0) }
        }
      },
      render: { initialization in
        switch initialization {
        case .he: .text("he")
        case .xavier: .text("xavier")
        case .fixed(let deviation): .plain(decimalText(deviation))
        }
      })
  }
}

extension ValueForm where Value == StatisticsSample {
  /// Test images, and whether half of them are mirrored.
  static var adaptiveStatistics: ValueForm {
    ValueForm(
      expected: "a number of images from 2 to 1000000000, followed by ,flip or not",
      parse: { text in
        let isFlipped = text.hasSuffix(",flip")
        guard let count: Int = wholeNumber(isFlipped ? String(text.dropLast(5)) : text),
          (2...1_000_000_000).contains(count)
        else { return nil }
        return StatisticsSample(.test, count: count, flips: isFlipped)
      },
      render: { $0.flips ? .text("\($0.count),flip") : .plain("\($0.count)") })
  }
}

/// A whole number in decimal digits: no sign, no leading zero, which elsewhere means octal.
func wholeNumber<Number: FixedWidthInteger>(_ text: some StringProtocol) -> Number? {
  let isDecimal = text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  guard isDecimal, text == "0" || !text.hasPrefix("0") else { return nil }
  return Number(text)
}

/// A finite decimal number such as `0.1`, `-3` or `1e-5`; no hexadecimal, no `inf`, no `nan`.
package func decimal(_ text: String) -> Double? {
  guard text.utf8.allSatisfy({ "0123456789.+-eE".utf8.contains($0) }) else { return nil }
  guard let value = Double(text), value.isFinite else { return nil }
  return value
}

/// The shortest text that reads back as the same number, in YAML 1.1 too: `1.0e-5`, `0.1`.
func decimalText(_ value: Double) -> String {
  let parts = "\(value)".split(separator: "e")
  guard parts.count == 2, let exponent = Int(parts[1]) else { return "\(value)" }
  let mantissa = parts[0].contains(".") ? String(parts[0]) : parts[0] + ".0"
  return mantissa + "e" + (exponent < 0 ? "\(exponent)" : "+\(exponent)")
}

func trimmed(_ text: Substring) -> Substring {
  var text = text.drop { $0 == " " }
  while text.last == " " { text.removeLast() }
  return text
}
