import Strata
import StrataLab
import Testing

@Suite("McNemar's test")
struct McNemarTestTests {
  @Test("p-values are statsmodels'")
  func golden() throws {
    for row in try StatisticsFixture.read().mcnemar {
      let test = try McNemarTest(onlyFirst: Int(row[0]), onlySecond: Int(row[1]))
      #expect(worstRelativeError([test.pValue], [row[2]]) < 1e-11)
    }
  }

  @Test("only images that one of the models gets right count")
  func predictions() throws {
    let test = try McNemarTest(
      first: [0, 1, 2, 0, 1, 2, 0], second: [0, 0, 2, 1, 1, 0, 1], labels: [0, 1, 2, 0, 2, 1, 1])
    #expect(test.onlyFirst == 2 && test.onlySecond == 1)
    #expect(test.pValue == 1)
  }

  @Test("models that never differ have a p-value of 1")
  func same() throws {
    #expect(try McNemarTest(onlyFirst: 0, onlySecond: 0).pValue == 1)
    #expect(try McNemarTest(first: [Int](), second: [], labels: []).pValue == 1)
  }

  @Test("impossible counts and missing predictions are refused with a sentence")
  func refused() {
    for count in [-1, Int.min, Int.max] {
      #expect(throws: ConfigurationError.self) { try McNemarTest(onlyFirst: count, onlySecond: 1) }
      #expect(throws: ConfigurationError.self) { try McNemarTest(onlyFirst: 1, onlySecond: count) }
    }
    let error = #expect(throws: ConfigurationError.self) {
      try McNemarTest(first: [1, 2], second: [1], labels: [1, 2])
    }
    #expect(
      error?.description == "second: expected as many predictions as there are labels, 2, found 1.")
  }
}
