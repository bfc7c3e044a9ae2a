import LabTestSupport
import Strata
import StrataLab
import Testing

@Suite("Plans of a search")
struct SearchPlanTests {
  @Test("two stages where a range can be narrowed, else one")
  func stages() throws {
    #expect(try SearchSamples.plan().fineTrials == 10)
    #expect(try SearchSamples.plan { $0.stages = 1 }.fineTrials == 0)
    #expect(try SearchSamples.plan { $0.fineTrials = 3 }.fineTrials == 3)
    #expect(try SearchSamples.plan(over: ["hidden=10|20"]).fineTrials == 0)
  }

  @Test("requests that do not fit together are errors")
  func rejected() throws {
    func expectError(
      _ setting: String, over: [String] = ["lambda=log:1e-5..1e-1"],
      _ change: (inout SearchRequest) -> Void
    ) {
      let error = #expect(throws: ConfigurationError.self) {
        try SearchSamples.plan(over: over, change)
      }
      #expect(error?.setting == setting)
    }
    expectError("over", over: []) { _ in }
    expectError("trials") { $0.trials = 0 }
    expectError("trials") { $0.trials = 100_001 }
    expectError("fine-trials") { $0.fineTrials = 0 }
    expectError("stages") { $0.stages = 3 }
    expectError("stages", over: ["hidden=10|20"]) { $0.stages = 2 }
    expectError("fine-trials") { ($0.stages, $0.fineTrials) = (1, 5) }
    expectError("fine-over") { ($0.stages, $0.fineOver) = (1, ["lambda=1,2"]) }
    expectError("fine-over") { $0.fineOver = ["eta-max=log:1e-3..1"] }
    expectError("fine-over") { $0.fineOver = ["lambda=1,2", "eta-max=log:1e-3..1"] }
    expectError("trials", over: ["lambda=log:1e-5..1", "hidden=1|2|3"]) {
      ($0.method, $0.trials) = (.grid, 5)
    }
    expectError("fine-trials", over: ["lambda=log:1e-5..1", "hidden=1|2|3"]) {
      ($0.method, $0.fineTrials) = (.grid, 5)
    }
  }

  @Test("the recipe of a trial is the base with its values, one thread and no folder")
  func recipe() throws {
    let base = try SearchSamples.base((.threads, "2"), (.output, "here"))
    let plan = try SearchSamples.plan(base: base)
    let recipe = try plan.recipe([TrialValue(.lambda, "0.25"), TrialValue(.hidden, "7,8")])
    #expect(recipe.lambda == 0.25)
    #expect(recipe.hidden == [7, 8])
    #expect(recipe.threads == 1)
    #expect(recipe.output == nil)
    #expect(recipe.seed == base.seed)
    #expect(try plan.recipe([TrialValue(.seed, "9")]).seed == 9)
  }

  @Test("a value that the trial's schedule does not use is left out")
  func schedule() throws {
    let plan = try SearchSamples.plan(over: ["schedule=constant,cyclical", "eta=log:1e-3..1"])
    let cyclical = try plan.recipe([TrialValue(.schedule, "cyclical"), TrialValue(.eta, "0.5")])
    #expect(cyclical.schedule.eta == Recipe().schedule.eta)
    let constant = try plan.recipe([TrialValue(.eta, "0.5"), TrialValue(.schedule, "constant")])
    #expect(constant.schedule.eta == 0.5)
  }
}
