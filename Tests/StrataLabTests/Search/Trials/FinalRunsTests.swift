import LabTestSupport
import Strata
import Testing

@testable import StrataLab

@Suite("Runs of finalists")
struct FinalRunsTests {
  private let runs = FinalRuns(
    finalists: 3, seeds: 5,
    settings: [TrialValue(.stepSize, "2250"), TrialValue(.augment, "flip,shift:2")])

  @Test("what the identity of a study says of them is read back")
  func identity() {
    #expect(FinalRuns.read(from: StudyIdentity(FinalRuns.parts(of: runs))) == .some(runs))
    #expect(FinalRuns.read(from: StudyIdentity(FinalRuns.parts(of: nil))) == .some(nil))
    #expect(FinalRuns.read(from: StudyIdentity([])) == .some(nil))
  }

  @Test("a value of any setting that runs of finalists may have is read back")
  func settings() throws {
    let base = try SearchSamples.base((.stepSize, "9"), (.preciseStatistics, "30"))
    for key in RecipeKey.allCases where !SearchDimension.fixedKeys.contains(key) && key != .seed {
      guard let value = base.value(of: key)?.option, key.isUsed(in: base) else { continue }
      let plan = try SearchSamples.plan(over: ["\(key == .lambda ? "dropout" : "lambda")=0.1,0.2"])
      {
        ($0.finalists, $0.final) = (1, ["\(key.rawValue)=\(value)"])
      }
      let runs = try #require(plan.finals)
      #expect(runs.settings == [TrialValue(key, value)] && runs.seeds == FinalRuns.defaultSeeds)
      #expect(FinalRuns.read(from: StudyIdentity(FinalRuns.parts(of: runs))) == .some(runs))
    }
  }

  @Test(
    "what cannot be is none",
    arguments: [
      ("many", "5", ""), ("3", "0", ""), ("3", "1001", ""), ("-1", "5", ""), ("3", "5", "cycles"),
      ("3", "5", "cycles=0"), ("3", "5", "cycle=2"), ("100001", "5", ""),
    ])
  func impossible(_ finalists: String, _ seeds: String, _ settings: String) {
    let identity = StudyIdentity([
      .init("finalists", finalists), .init("final-seeds", seeds), .init("final", settings),
    ])
    #expect(FinalRuns.read(from: identity) == nil)
  }

  @Test("they are told with their settings")
  func text() {
    #expect(runs.text == "from 5 seeds each, with step-size 2250, augment flip,shift:2")
    #expect(FinalRuns(finalists: 1, seeds: 1, settings: []).text == "from 1 seed each")
    #expect(runs.count == 15)
  }
}
