import Strata

extension ValueForm where Value == Augmentation {
  /// Changes between commas, each once, or `none`.
  static var augmentation: ValueForm {
    ValueForm(
      expected: "none, or flip, shift:PIXELS (to \(Augmentation.maximumShift)), "
        + "rotate:DEGREES (to 180), brightness:SHARE and contrast:SHARE (to 1) between commas, "
        + "each at most once",
      isList: true, parse: parseAugmentation, render: { .text(augmentationText($0)) })
  }
}

private func parseAugmentation(_ text: String) -> Augmentation? {
  var result = Augmentation()
  if text == "none" { return result }
  var names: Set<Substring> = []
  for part in text.split(separator: ",", omittingEmptySubsequences: false) {
    let fields = trimmed(part).split(
      separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let amount = fields.count == 2 ? String(fields[1]) : nil
    guard names.insert(fields[0]).inserted, result.set(fields[0], to: amount) else { return nil }
  }
  return result
}

extension Augmentation {
  /// Sets one change; `false` for an unknown one or an amount that is no number.
  fileprivate mutating func set(_ name: Substring, to amount: String?) -> Bool {
    if name == "flip" {
      flips = true
      return amount == nil
    }
    guard let amount else { return false }
    if name == "shift" {
      guard let pixels: Int = wholeNumber(amount) else { return false }
      shift = pixels
      return true
    }
    guard let value = decimal(amount) else { return false }
    switch name {
    case "rotate": rotation = value
    case "brightness": brightness = value
    case "contrast": contrast = value
    default: return false
    }
    return true
  }
}

private func augmentationText(_ augmentation: Augmentation) -> String {
  var parts = augmentation.flips ? ["flip"] : []
  if augmentation.shift > 0 { parts.append("shift:\(augmentation.shift)") }
  let amounts = [
    ("rotate", augmentation.rotation), ("brightness", augmentation.brightness),
    ("contrast", augmentation.contrast),
  ]
  parts += amounts.filter { $0.1 > 0 }.map { "\($0.0):\(decimalText($0.1))" }
  return parts.isEmpty ? "none" : parts.joined(separator: ",")
}
