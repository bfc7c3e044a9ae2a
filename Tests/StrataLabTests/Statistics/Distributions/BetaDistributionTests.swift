import Foundation
import StrataLab
import Testing

@Suite("The beta distribution")
struct BetaDistributionTests {
  @Test("quantiles and both tails are mpmath's, for shapes from 0.001 to a million")
  func golden() throws {
    let fixture = try StatisticsFixture.read()
    let quantiles = fixture.betaQuantiles.map {
      BetaDistribution(a: $0[0], b: $0[1])?.quantile($0[2]) ?? .nan
    }
    #expect(worstRelativeError(quantiles, fixture.betaQuantiles.map { $0[3] }) < 1e-12)
    let tails = fixture.beta.flatMap { row in
      let beta = BetaDistribution(a: row[0], b: row[1])
      return [beta?.cumulative(row[2]) ?? .nan, beta?.upperTail(row[2]) ?? .nan]
    }
    #expect(worstRelativeError(tails, fixture.beta.flatMap { $0[3...] }) < 1e-12)
  }

  @Test("with a shape of 1 there is a formula", arguments: [1e-6, 0.3, 7, 1e9])
  func formula(a: Double) throws {
    let power = try #require(BetaDistribution(a: a, b: 1))
    for x in [1e-9, 0.2, 0.999, 1 - 1e-9] where pow(x, a) > 1e-300 {
      #expect(worstRelativeError([power.cumulative(x)], [pow(x, a)]) < 1e-12)
    }
  }

  @Test("every pair of shapes, place and share has an answer, at the limits too")
  func extremes() throws {
    for a in [1e-6, 0.02, 1, 1e9] {
      for b in [1e-6, 1, 4e4, 1e9] {
        let beta = try #require(BetaDistribution(a: a, b: b))
        for x in [-1, 0, Double.leastNonzeroMagnitude, 1e-300, 0.4, 0.5, 1 - 1e-16, 1, .infinity] {
          #expect((0...1).contains(beta.cumulative(x)) && (0...1).contains(beta.upperTail(x)))
        }
        for p in [0, Double.leastNonzeroMagnitude, 1e-12, 0.3, 0.5, 0.9, 1] {
          #expect((0...1).contains(beta.quantile(p)))
        }
        #expect(beta.quantile(0) == 0 && beta.quantile(1) == 1)
        #expect(beta.quantile(1.1).isNaN && beta.quantile(.nan).isNaN)
        #expect(beta.cumulative(.nan).isNaN && beta.upperTail(.nan).isNaN)
      }
    }
    for shape in [0, -1, .nan, .infinity, 1e10] {
      #expect(BetaDistribution(a: shape, b: 1) == nil && BetaDistribution(a: 1, b: shape) == nil)
    }
  }
}
