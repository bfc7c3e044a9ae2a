import Strata
import StrataLab
import Testing

@Suite("Holm's correction")
struct HolmCorrectionTests {
  @Test("adjusted p-values are statsmodels', in the order of the list")
  func golden() throws {
    for row in try StatisticsFixture.read().holm {
      #expect(worstRelativeError(try holmAdjusted(row.p), row.adjusted) < 1e-14)
    }
  }

  @Test("no p-values stay none")
  func empty() throws {
    #expect(try holmAdjusted([]).isEmpty)
  }

  @Test("what is no probability is refused with a sentence", arguments: [-0.1, 1.1, .nan])
  func refused(p: Double) {
    let error = #expect(throws: ConfigurationError.self) { try holmAdjusted([0.5, p]) }
    #expect(
      error?.description == "p-values: expected numbers from 0 to 1, found \(p) as number 2.")
  }
}
