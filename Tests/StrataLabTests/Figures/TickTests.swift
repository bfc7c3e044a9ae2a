import Foundation
import Strata
import StrataLab
import Testing

@Suite("Ticks")
struct TickTests {
  @Test("the step is the least of 1, 2, 5 · 10ⁿ that does not divide the span into too many")
  func leastStep() {
    let steps = (-12...12).flatMap { exponent in
      [1, 2, 5].map { $0 * pow(10, Double(exponent)) }
    }
    var generator = RandomStream(seed: 3, for: .samples)
    for _ in 0..<500 {
      let span = pow(10, generator.uniform() * 16 - 8)
      let maximum = 2 + generator.integer(below: 9)
      let expected = steps.first { span / $0 <= Double(maximum) } ?? 0
      let found = TickStep(span: span, atMost: maximum).value
      #expect(abs(found - expected) < 1e-9 * expected, "span \(span), \(maximum) parts")
    }
  }

  @Test("ticks are the multiples of the step inside the domain")
  func multiples() {
    var generator = RandomStream(seed: 4, for: .samples)
    for _ in 0..<300 {
      let low = (generator.uniform() - 0.5) * 100
      let high = low + pow(10, generator.uniform() * 6 - 3)
      let ticks = Scale(domain: low...high, from: 0, to: 1).ticks(atMost: 6).map(\.value)
      let step = TickStep(span: high - low, atMost: 6).value
      #expect(ticks.count == Int((high / step).rounded(.down) - (low / step).rounded(.up)) + 1)
      #expect(ticks.allSatisfy { (low...high).contains($0) })
      #expect(zip(ticks, ticks.dropFirst()).allSatisfy { abs($1 - $0 - step) < 1e-9 })
    }
  }

  @Test(
    "labels have the decimals of the step",
    arguments: [
      (0.0...9000, ["0", "2,000", "4,000", "6,000", "8,000"]),
      (0...0.1, ["0.00", "0.02", "0.04", "0.06", "0.08", "0.10"]),
      (1...2.5, ["1.0", "1.5", "2.0", "2.5"]), (-1...1, ["−1.0", "−0.5", "0.0", "0.5", "1.0"]),
      (0...2e-7, ["0", "0.5×10⁻⁷", "1.0×10⁻⁷", "1.5×10⁻⁷", "2.0×10⁻⁷"]),
      (0...4e9, ["0", "1×10⁹", "2×10⁹", "3×10⁹", "4×10⁹"]),
    ])
  func labels(domain: ClosedRange<Double>, labels: [String]) {
    let scale = Scale(domain: domain, from: 0, to: 1)
    #expect(scale.ticks(atMost: 5).map(\.label) == labels)
  }

  @Test("what is counted has ticks at whole numbers only")
  func whole() {
    let scale = Scale(domain: 0...3, from: 0, to: 1)
    #expect(scale.ticks(atMost: 6, isWhole: true).map(\.label) == ["0", "1", "2", "3"])
    #expect(scale.ticks(atMost: 6).count == 7)
  }

  @Test(
    "a logarithmic axis has powers of ten, fewer over many decades and more over few",
    arguments: [
      (1e-4...1, 6, ["10⁻⁴", "10⁻³", "10⁻²", "10⁻¹", "10⁰"]),
      (1e-12...1, 5, ["10⁻¹²", "10⁻⁹", "10⁻⁶", "10⁻³", "10⁰"]),
      (0.01...1, 8, ["10⁻²", "10⁻¹", "10⁰"]),
      (1e-3...1e-2, 8, ["10⁻³", "2×10⁻³", "5×10⁻³", "0.01"]),
      (10...700, 8, ["10", "20", "50", "100", "200", "500"]),
    ])
  func logarithmic(domain: ClosedRange<Double>, maximum: Int, labels: [String]) {
    let scale = Scale(.logarithmic, domain: domain, from: 0, to: 1)
    #expect(scale.ticks(atMost: maximum).map(\.label) == labels)
  }

  @Test("powers of ten are written as people write them")
  func scientific() {
    #expect(scientificText(1e-6, digits: 1) == "10⁻⁶")
    #expect(scientificText(1.7e-5, digits: 2) == "1.7×10⁻⁵")
    #expect(scientificText(-25_000, digits: 2) == "−2.5×10⁴")
    #expect(superscript(-1_234_567_890) == "⁻¹²³⁴⁵⁶⁷⁸⁹⁰")
  }
}
