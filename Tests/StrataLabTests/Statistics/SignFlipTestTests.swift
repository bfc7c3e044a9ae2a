import Strata
import StrataLab
import Testing

@Suite("The sign-flip test")
struct SignFlipTestTests {
  @Test("p-values are SciPy's over all patterns, of whole numbers that do not round")
  func golden() throws {
    for row in try StatisticsFixture.read().signFlips {
      let test = try SignFlipTest(PairedDifferences(of: row.values, from: row.baseline))
      #expect(test.isExact == (row.values.count <= 16))
      if test.isExact {
        #expect(test.pValue == row.p)
      } else {
        // The share of 99,999 random patterns: five of its standard errors.
        #expect(abs(test.pValue - row.p) < 5 * (row.p * (1 - row.p) / 99_999).squareRoot())
      }
    }
  }

  @Test("a few patterns are counted by hand")
  func byHand() throws {
    // 3 ± 2 ± 1 and their opposites: 6, 4, 2, 0, 0, -2, -4, -6.
    let test = try SignFlipTest(PairedDifferences(of: [3, 2, -1], from: [0, 0, 0]))
    #expect(test.pValue == 4.0 / 8)
    #expect(worstRelativeError([test.mean], [4.0 / 3]) < 1e-15)
    #expect(try SignFlipTest(PairedDifferences(of: [1], from: [1])).pValue == 1)
    #expect(try SignFlipTest(PairedDifferences(of: [2], from: [1])).pValue == 1)
  }

  @Test("drawn patterns depend on the seed alone, and p is never 0")
  func drawn() throws {
    let values = (0..<40).map { Double($0) }
    let positive = try PairedDifferences(of: values.map { $0 + 1 }, from: values)
    #expect(try SignFlipTest(positive, draws: 999).pValue == 1.0 / 1000)
    // Signs of their own beyond the 64 bits of one draw: 36 alike have p = 2⁻³⁵.
    let late = [Double](repeating: 0, count: 64) + [Double](repeating: 1, count: 36)
    let zeros = [Double](repeating: 0, count: 100)
    let test = try SignFlipTest(PairedDifferences(of: late, from: zeros), draws: 999)
    #expect(test.pValue == 1.0 / 1000)
    let mixed = try PairedDifferences(
      of: values, from: values.map { $0 - 2.9 + Double(Int($0) % 7) })
    let first = try SignFlipTest(mixed, draws: 500, seed: 3)
    #expect(!first.isExact)
    #expect(try SignFlipTest(mixed, draws: 500, seed: 3) == first)
    #expect(try SignFlipTest(mixed, draws: 500, seed: 4) != first)
    #expect(throws: ConfigurationError.self) { try SignFlipTest(mixed, draws: 0) }
  }
}
