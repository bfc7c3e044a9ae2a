import CLibrary

/// A number with a fixed count of decimals, the same in every locale: `0.50`, `-3`, `1,234.5`.
///
/// Halves are rounded away from zero. Numbers beyond 9·10¹⁵ are written with an exponent.
package func fixedText(_ value: Double, decimals: Int) -> String {
  guard value.isFinite else { return value.isNaN ? "not a number" : value < 0 ? "-∞" : "∞" }
  let decimals = min(max(decimals, 0), 15)
  let scaled = (abs(value) * pow(10, Double(decimals))).rounded()
  guard scaled < 9e15 else { return "\(value)" }
  let digits = String(UInt64(scaled))
  let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
  let sign = value < 0 && scaled > 0 ? "-" : ""
  let whole = groupedDigits(padded.dropLast(decimals))
  return sign + whole + (decimals == 0 ? "" : "." + padded.suffix(decimals))
}

/// A whole number with commas between groups of three digits: `45,000`.
package func countText(_ count: Int) -> String {
  (count < 0 ? "-" : "") + groupedDigits(String(count.magnitude)[...])
}

/// A fraction as a percentage: `52.3 %`.
package func percentText(_ fraction: Double, decimals: Int = 1) -> String {
  fixedText(100 * fraction, decimals: decimals) + " %"
}

/// A number with a few significant digits, with an exponent where zeros would hide them:
/// `0.0301`, `12.3`, `1.23e-06`.
package func significantText(_ value: Double, digits: Int = 3) -> String {
  guard value.isFinite, value != 0 else { return value == 0 ? "0" : fixedText(value, decimals: 0) }
  let digits = min(max(digits, 1), 15)
  let (mantissa, exponent) = decimalParts(value, digits: digits)
  if (-4..<6).contains(exponent) {
    return fixedText(value, decimals: max(0, digits - 1 - exponent))
  }
  let power = String(abs(exponent))
  let padding = power.count < 2 ? "0" : ""
  return fixedText(mantissa, decimals: digits - 1) + "e" + (exponent < 0 ? "-" : "+")
    + padding + power
}

/// A number of bytes in binary units: `512 B`, `29.3 MiB`.
package func bytesText(_ bytes: Int) -> String {
  let units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]
  var value = Double(bytes)
  var unit = 0
  while abs(value) >= 1023.95, unit < units.count - 1 {
    value /= 1024
    unit += 1
  }
  return fixedText(value, decimals: unit == 0 ? 0 : 1) + " " + units[unit]
}

/// A time span for a person: `4 ms`, `1.3 s`, `42 s`, `2 min 05 s`, `1 h 02 min`, `3 d 04 h`.
package func durationText(seconds: Double) -> String {
  guard seconds.isFinite, seconds >= 0, seconds < 1e15 else { return "unknown time" }
  if seconds < 0.0995 { return fixedText(seconds * 1000, decimals: 0) + " ms" }
  if seconds < 9.95 { return fixedText(seconds, decimals: 1) + " s" }
  let whole = Int(seconds.rounded())
  if whole < 60 { return "\(whole) s" }
  if whole < 3600 { return "\(whole / 60) min \(twoDigits(whole % 60)) s" }
  let minutes = Int((seconds / 60).rounded())
  if minutes < 24 * 60 { return "\(minutes / 60) h \(twoDigits(minutes % 60)) min" }
  let hours = Int((seconds / 3600).rounded())
  return "\(countText(hours / 24)) d \(twoDigits(hours % 24)) h"
}

/// `value` = mantissa · 10^exponent with 1 ≤ |mantissa| < 10 after rounding to `digits` digits.
///
/// - Precondition: `value` is finite and not 0.
package func decimalParts(_ value: Double, digits: Int) -> (mantissa: Double, exponent: Int) {
  var exponent = Int(log10(abs(value)).rounded(.down))
  // In two factors, since 10^308 and beyond would overflow.
  let half = exponent / 2
  var mantissa = value / pow(10, Double(half)) / pow(10, Double(exponent - half))
  let unit = pow(10, Double(digits - 1))
  let rounded = (abs(mantissa) * unit).rounded() / unit
  if rounded >= 10 {
    mantissa /= 10
    exponent += 1
  } else if rounded < 1 {
    mantissa *= 10
    exponent -= 1
  }
  return (mantissa, exponent)
}

private func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

private func groupedDigits(_ digits: Substring) -> String {
  var result = ""
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index) % 3 == 0 { result.append(",") }
    result.append(digit)
  }
  return result
}
