import LabTestSupport
import Strata
import StrataLab
import Testing

@Suite("Successive halving")
struct HalvingTests {
  @Test("rungs are at the length of the run divided by powers of the reduction")
  func rungs() {
    func steps(_ reduction: Int, _ rungs: Int, of length: Int) -> [[Int]] {
      Halving(reduction: reduction, rungs: rungs).rungs(ofRun: length).map { [$0.number, $0.step] }
    }
    #expect(steps(3, 2, of: 3600) == [[1, 400], [2, 1200]])
    #expect(steps(4, 3, of: 1000) == [[1, 15], [2, 62], [3, 250]])
    // The first two would be before the first step.
    #expect(steps(3, 4, of: 20) == [[3, 2], [4, 6]])
    #expect(steps(100, 20, of: Int.max).count == 9 && steps(2, 1, of: 1) == [])
  }

  @Test("the first results go on, then those among the best of all so far")
  func first() {
    let halving = Halving(reduction: 3, rungs: 1)
    #expect(halving.shouldContinue(0.1, after: []))
    #expect(halving.shouldContinue(0, after: [0.9]))
    #expect(!halving.shouldContinue(0.8, after: [0.9, 0.1]))
    #expect(halving.shouldContinue(0.91, after: [0.9, 0.1]))
    // Of six, two go on.
    #expect(halving.shouldContinue(0.5, after: [0.9, 0.1, 0.2, 0.3, 0.4]))
    #expect(!halving.shouldContinue(0.35, after: [0.9, 0.1, 0.2, 0.3, 0.4]))
  }

  @Test("of equal results those of smaller numbers are before")
  func ties() {
    let halving = Halving(reduction: 3, rungs: 1)
    #expect(!halving.shouldContinue(0.5, after: [0.5, 0.1]))
    #expect(halving.shouldContinue(0.5, after: [0.5, 0.1, 0.1, 0.1, 0.1]))
    #expect(!halving.shouldContinue(0.5, after: [0.5, 0.5, 0.1, 0.1, 0.1]))
  }

  @Test("it is what sorting all results says", arguments: [2, 3, 4])
  func sorted(_ reduction: Int) {
    var stream = RandomStream(seed: 4, for: .samples)
    let results = (0..<200).map { _ in Double(stream.integer(below: 40)) / 40 }
    let halving = Halving(reduction: reduction, rungs: 1)
    for index in results.indices {
      let order = results[...index].indices.sorted {
        results[$0] == results[$1] ? $0 < $1 : results[$0] > results[$1]
      }
      let best = order.prefix((index + 1) / reduction)
      let expected = index + 1 < reduction || best.contains(index)
      #expect(halving.shouldContinue(results[index], after: Array(results[..<index])) == expected)
    }
  }

  @Test("reduction and rungs belong to a search that halves, and have limits")
  func request() throws {
    #expect(try SearchSamples.plan().halving == nil)
    #expect(
      try SearchSamples.plan { $0.isHalving = true }.halving == Halving(reduction: 3, rungs: 2))
    func expectError(_ setting: String, _ change: (inout SearchRequest) -> Void) {
      let error = #expect(throws: ConfigurationError.self) { try SearchSamples.plan(change) }
      #expect(error?.setting == setting)
    }
    expectError("reduction") { $0.reduction = 3 }
    expectError("rungs") { $0.rungs = 3 }
    expectError("reduction") { ($0.isHalving, $0.reduction) = (true, 1) }
    expectError("reduction") { ($0.isHalving, $0.reduction) = (true, 101) }
    expectError("rungs") { ($0.isHalving, $0.rungs) = (true, 0) }
    expectError("rungs") { ($0.isHalving, $0.rungs) = (true, 21) }
  }
}
