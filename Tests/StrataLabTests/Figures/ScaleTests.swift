import Foundation
import Strata
import StrataLab
import Testing

@Suite("Scale")
struct ScaleTests {
  @Test("a linear scale maps equal differences to equal lengths")
  func linear() {
    let scale = Scale(domain: -2...6, from: 10, to: 90)
    #expect(scale.position(of: -2) == 10)
    #expect(scale.position(of: 2) == 50)
    #expect(scale.position(of: 6) == 90)
    #expect(scale.position(of: 8) == 110)
    #expect(scale.position(of: .nan) == nil)
    #expect(scale.position(of: .infinity) == nil)
  }

  @Test("a logarithmic scale maps equal ratios to equal lengths, here from the bottom up")
  func logarithmic() throws {
    let scale = Scale(.logarithmic, domain: 1e-6...1, from: 300, to: 0)
    for (value, place) in [(1e-6, 300.0), (1e-4, 200), (1e-3, 150), (1, 0), (10, -50)] {
      #expect(abs(try #require(scale.position(of: value)) - place) < 1e-9)
    }
    #expect(scale.position(of: 0) == nil)
    #expect(scale.position(of: -1) == nil)
  }

  @Test(
    "a domain that no scale can show is replaced by one around it",
    arguments: [Scale.Kind.linear, .logarithmic],
    [
      0.0...0, 5...5, -1...(-1), 0...1, -3...2, -Double.infinity...Double.infinity, 1e300...1e308,
      0...Double.leastNonzeroMagnitude, 1e-300...1e-299, -1e308...1e308,
    ])
  func degenerate(kind: Scale.Kind, domain: ClosedRange<Double>) {
    let scale = Scale(kind, domain: domain, from: 0, to: 100)
    #expect(scale.domain.lowerBound < scale.domain.upperBound)
    #expect(scale.position(of: scale.domain.lowerBound) == 0)
    #expect(abs((scale.position(of: scale.domain.upperBound) ?? -1) - 100) < 1e-6)
    #expect(!scale.ticks(atMost: 6).isEmpty)
  }

  @Test("the domain of numbers holds them all, ends at ticks, and is no larger than needed")
  func niceDomain() {
    var generator = RandomStream(seed: 2, for: .samples)
    for _ in 0..<300 {
      let size = pow(10, generator.uniform() * 12 - 6)
      let values = (0..<5).map { _ in (generator.uniform() - 0.3) * size }
      guard let least = values.min(), let greatest = values.max() else { continue }
      let domain = Scale.domain(of: values + [.nan, .infinity], kind: .linear, ticks: 5)
      let step = TickStep(span: greatest - least, atMost: 5).value
      #expect(domain.lowerBound <= least && least - domain.lowerBound < step * 1.0001)
      #expect(domain.upperBound >= greatest && domain.upperBound - greatest < step * 1.0001)
      let ticks = Scale(domain: domain, from: 0, to: 1).ticks(atMost: 6).map(\.value)
      #expect((3...7).contains(ticks.count))
    }
  }

  @Test("numbers over more than three decades get a logarithmic axis")
  func suitable() {
    #expect(Scale.suitableKind(for: [2.3, 1.2, .nan]) == .linear)
    #expect(Scale.suitableKind(for: [2.3, 1e-3, .infinity]) == .logarithmic)
    #expect(Scale.suitableKind(for: [2.3, 0]) == .linear)
    #expect(Scale.suitableKind(for: []) == .linear)
    #expect(Scale.domain(of: [2.3, 2e-3], kind: .logarithmic, ticks: 5) == 1e-3...10)
  }
}
