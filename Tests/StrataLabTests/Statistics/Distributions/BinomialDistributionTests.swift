import StrataLab
import Testing

@Suite("The binomial distribution")
struct BinomialDistributionTests {
  @Test("both tails are mpmath's and quantiles SciPy's, up to a million trials")
  func golden() throws {
    let fixture = try StatisticsFixture.read()
    let tails = fixture.binomial.flatMap { row in
      let binomial = BinomialDistribution(trials: Int(row[0]), probability: row[1])
      return [
        binomial?.cumulative(Int(row[2])) ?? .nan, binomial?.upperTail(Int(row[2])) ?? .nan,
      ]
    }
    #expect(worstRelativeError(tails, fixture.binomial.flatMap { $0[3...] }) < 1e-12)
    for row in fixture.binomialQuantiles {
      let binomial = BinomialDistribution(trials: Int(row[0]), probability: row[1])
      #expect(binomial?.quantile(row[2]) == Int(row[3]), "\(row)")
    }
  }

  @Test("rounding does not decide whether a count reaches a share")
  func ties() throws {
    // P(X ≤ k) of 10 throws of a coin are whole multiples of 1/1024.
    let coin = try #require(BinomialDistribution(trials: 10, probability: 0.5))
    var patterns = 1.0
    var below = 0.0
    for count in 0...10 {
      below += patterns
      #expect(coin.quantile(below / 1024) == count)
      patterns *= Double(10 - count) / Double(count + 1)
    }
  }

  @Test("impossible counts, certain outcomes and no trials have their probabilities")
  func extremes() throws {
    let die = try #require(BinomialDistribution(trials: 6, probability: 0.25))
    #expect(die.cumulative(-1) == 0 && die.upperTail(-1) == 1)
    #expect(die.cumulative(6) == 1 && die.upperTail(6) == 0)
    #expect(die.cumulative(.max) == 1 && die.cumulative(.min) == 0)
    #expect(die.quantile(0) == 0 && die.quantile(1) == 6)
    #expect(die.quantile(-1) == nil && die.quantile(.nan) == nil)
    let never = try #require(BinomialDistribution(trials: 6, probability: 0))
    #expect(never.cumulative(0) == 1 && never.quantile(1) == 0)
    let always = try #require(BinomialDistribution(trials: 6, probability: 1))
    #expect(always.cumulative(5) == 0 && always.quantile(0.01) == 6)
    let none = try #require(BinomialDistribution(trials: 0, probability: 0.5))
    #expect(none.cumulative(0) == 1 && none.quantile(0.5) == 0)
    #expect(BinomialDistribution(trials: -1, probability: 0.5) == nil)
    #expect(BinomialDistribution(trials: 2_000_000_000, probability: 0.5) == nil)
    #expect(BinomialDistribution(trials: 1, probability: .nan) == nil)
  }
}
