import Strata
import Testing

@testable import StrataLab

@Suite("The ends of ranges")
struct RangeEndTests {
  private let log = SearchRange(.log, 1e-4...1e-2, isWhole: false)

  @Test("a value within half a spacing is at an end, of few points within a tenth of the span")
  func near() {
    // 21 points: spacing 0.1 in log₁₀.
    #expect(log.ends(near: 1.1e-4, points: 21) == [.lower])
    #expect(log.ends(near: 1.13e-4, points: 21) == [])
    // Five points or fewer: a tenth of the span is 0.2 in log₁₀.
    #expect(log.ends(near: 1.5e-4, points: 5) == [.lower])
    #expect(log.ends(near: 1.7e-4, points: 5) == [])
    #expect(log.ends(near: 7e-3, points: 5) == [.upper])
    #expect(log.ends(near: 1e-3, points: 2) == [])
  }

  @Test("a number beyond is half of the span away, or less where the setting takes less")
  func beyond() {
    #expect(log.number(beyond: .lower, of: .lambda) == 1e-5)
    #expect(log.number(beyond: .upper, of: .lambda) == 0.1)
    let dropout = SearchRange(.linear, 0...0.8, isWhole: false)
    #expect(dropout.number(beyond: .lower, of: .dropout) == nil)
    // 1.2 and 1.0 are no probabilities below 1.
    #expect(dropout.number(beyond: .upper, of: .dropout) == 0.9)
    let full = SearchRange(.linear, 0...0.999999, isWhole: false)
    #expect(full.number(beyond: .upper, of: .dropout) == nil)
  }

  @Test("whole numbers stay whole and exact, and numbers finite and positive")
  func limits() {
    let batches = SearchRange(.linear, 10...50, isWhole: true)
    #expect(batches.number(beyond: .lower, of: .batchSize) == 5)
    #expect(batches.number(beyond: .upper, of: .batchSize) == 70)
    let seeds = SearchRange(.linear, 1...0x1p53, isWhole: true)
    #expect(seeds.number(beyond: .upper, of: .seed) == nil)
    let wide = SearchRange(.log, 1e-300...1e300, isWhole: false)
    for end in RangeEnd.allCases {
      let number = wide.number(beyond: end, of: .lambda)
      #expect(number.map { $0 > 0 && $0.isFinite } ?? true)
    }
  }
}
