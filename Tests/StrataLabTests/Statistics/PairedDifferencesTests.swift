import Strata
import StrataLab
import Testing

@Suite("Paired differences")
struct PairedDifferencesTests {
  @Test("differences are value minus baseline")
  func differences() throws {
    #expect(try PairedDifferences(of: [3, 5], from: [1, 9]).differences == [2, -4])
  }

  @Test(
    "what is no list of pairs is refused with a sentence",
    arguments: [
      (
        [1.0, 2], [1.0],
        "baseline: expected as many numbers as there are values, 2, found 1; "
          + "pair the runs by their seeds."
      ),
      ([], [], "values: expected at least one number, found 0; take more seeds."),
      ([1], [.nan], "baseline: expected finite numbers of at most 1e+150, found nan as number 1."),
    ])
  func refused(values: [Double], baseline: [Double], sentence: String) {
    let error = #expect(throws: ConfigurationError.self) {
      try PairedDifferences(of: values, from: baseline)
    }
    #expect(error?.description == sentence)
  }
}
