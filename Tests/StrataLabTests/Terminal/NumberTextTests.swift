import Foundation
import Strata
import StrataLab
import Testing

@Suite("Numbers as text")
struct NumberTextTests {
  @Test("a fixed number of decimals agrees with C's printf")
  func fixed() {
    var generator = RandomStream(seed: 1, for: .samples)
    for _ in 0..<500 {
      let value = (generator.uniform() - 0.5) * 1998
      let text = fixedText(value, decimals: 3)
      #expect(text == String(format: "%.3f", value))
    }
  }

  @Test(
    "numbers are written the same everywhere",
    arguments: [
      (0.0, 2, "0.00"), (-0.0, 1, "0.0"), (-0.001, 2, "0.00"), (0.5, 0, "1"), (-2.5, 0, "-3"),
      (1234.5, 1, "1,234.5"), (-1_234_567.0, 0, "-1,234,567"), (0.05, 3, "0.050"),
      (.infinity, 2, "∞"), (-.infinity, 2, "-∞"), (.nan, 2, "not a number"), (1e300, 2, "1e+300"),
    ])
  func fixedCases(value: Double, decimals: Int, text: String) {
    #expect(fixedText(value, decimals: decimals) == text)
  }

  @Test(
    "counts have commas between thousands",
    arguments: [
      (0, "0"), (999, "999"), (1000, "1,000"), (45_000, "45,000"), (-1_234_567, "-1,234,567"),
      (Int.min, "-9,223,372,036,854,775,808"),
    ])
  func counts(count: Int, text: String) {
    #expect(countText(count) == text)
  }

  @Test(
    "significant digits move to an exponent where zeros would hide them",
    arguments: [
      (0.0, "0"), (0.030123, "0.0301"), (12.345, "12.3"), (123_456.0, "123,456"), (1e6, "1.00e+06"),
      (1e-5, "1.00e-05"), (1.234e-7, "1.23e-07"), (-0.5, "-0.500"), (9.999, "10.0"),
      (0.000_099_99, "0.000100"), (1e-300, "1.00e-300"), (1.7e308, "1.70e+308"),
      (.nan, "not a number"),
    ])
  func significant(value: Double, text: String) {
    #expect(significantText(value) == text)
  }

  @Test(
    "time spans are told in the units that a person would choose",
    arguments: [
      (0.0, "0 ms"), (0.0042, "4 ms"), (0.0994, "99 ms"), (0.0996, "0.1 s"), (1.26, "1.3 s"),
      (9.94, "9.9 s"), (9.96, "10 s"), (59.4, "59 s"), (59.6, "1 min 00 s"), (125, "2 min 05 s"),
      (3599.6, "1 h 00 min"), (3720, "1 h 02 min"), (86_399, "1 d 00 h"), (273_600, "3 d 04 h"),
      (.infinity, "unknown time"), (-1, "unknown time"), (.nan, "unknown time"),
    ])
  func durations(seconds: Double, text: String) {
    #expect(durationText(seconds: seconds) == text)
  }

  @Test(
    "bytes are told in binary units",
    arguments: [
      (0, "0 B"), (1023, "1,023 B"),
      (1024, "1.0 KiB"), (30_730_000, "29.3 MiB"), (1_048_575, "1.0 MiB"), (Int.max, "8.0 EiB"),
    ])
  func bytes(count: Int, text: String) {
    #expect(bytesText(count) == text)
  }

  @Test("a fraction becomes a percentage")
  func percent() {
    #expect(percentText(0.5234) == "52.3 %")
    #expect(percentText(1, decimals: 0) == "100 %")
  }

  @Test("mantissa and exponent multiply to the number")
  func parts() {
    for value in [
      1.0, 0.001, 999.6, 2e-7, -3.5e12, Double.leastNonzeroMagnitude, 1.7976931348623157e308,
    ] {
      let parts = decimalParts(value, digits: 3)
      #expect((1..<10).contains(abs(parts.mantissa) + 0.005))
      let product =
        parts.mantissa * pow(10, Double(parts.exponent / 2))
        * pow(10, Double(parts.exponent - parts.exponent / 2))
      #expect(abs(product - value) <= 1e-3 * abs(value))
    }
  }
}
