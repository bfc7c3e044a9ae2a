import StrataLab
import Testing

@Suite("The normal distribution")
struct NormalDistributionTests {
  @Test("quantiles and probabilities are mpmath's")
  func golden() throws {
    let fixture = try StatisticsFixture.read()
    let quantiles = fixture.normalQuantiles.map { NormalDistribution.quantile($0[0]) }
    #expect(worstRelativeError(quantiles, fixture.normalQuantiles.map { $0[1] }) < 1e-14)
    let probabilities = fixture.normal.map { NormalDistribution.cumulative($0[0]) }
    #expect(worstRelativeError(probabilities, fixture.normal.map { $0[1] }) < 1e-12)
  }

  @Test("what makes no sense is not a number, and infinity is a limit")
  func extremes() {
    #expect(NormalDistribution.quantile(0) == -.infinity)
    #expect(NormalDistribution.quantile(1) == .infinity)
    #expect(NormalDistribution.quantile(0.5) == 0)
    #expect(NormalDistribution.quantile(.leastNonzeroMagnitude).isFinite)
    for p in [-0.1, 1.1, .nan] { #expect(NormalDistribution.quantile(p).isNaN) }
    #expect(NormalDistribution.cumulative(-.infinity) == 0)
    #expect(NormalDistribution.cumulative(.infinity) == 1)
    #expect(NormalDistribution.cumulative(.nan).isNaN)
  }
}
