import Strata
import StrataLab
import Testing

@Suite("Values that no trial of a search could have")
struct SearchPlanChecksTests {
  private let bench: SearchBench

  init() throws { bench = try SearchBench() }

  private func expectError(
    _ setting: String, found: String, over: [String],
    _ change: (inout SearchRequest) -> Void = { _ in }
  ) {
    let error = #expect(throws: ConfigurationError.self) { try bench.search(over: over, change) }
    #expect(error?.setting == setting && error?.found == found, "\(error?.description ?? "")")
  }

  @Test("both ends of a range and every choice are looked at, of the fine stage too")
  func rejected() throws {
    // 60 training images.
    expectError("batch-size", found: "90", over: ["batch-size=linear:20..90"])
    expectError("batch-size", found: "1", over: ["batch-size=linear:1..30"])
    expectError("batch-size", found: "90", over: ["batch-size=20|90|30"])
    expectError("eta-min", found: "0.5", over: ["eta-min=log:1e-5..0.5"])
    expectError("batch-size", found: "90", over: ["batch-size=linear:20..40"]) {
      $0.fineOver = ["batch-size=linear:20..90"]
    }
    #expect(try bench.names.isEmpty)
  }

  @Test("a value that is possible with some of the others is no error")
  func possible() throws {
    // 59 leaves a last batch of one image, which batch normalization cannot have.
    _ = try bench.search(over: ["batch-size=20,59", "batch-norm=before,after,none"])
    _ = try bench.search("b", over: ["eta-min=log:1e-5..0.5", "eta-max=log:1e-2..1"])
  }
}
