import Strata
import StrataLab
import Testing

@testable import StrataReproduction

@Suite("Settings with their sources")
struct SourcedSettingsTests {
  private let citation = SourceDocument.assignment.line(10, "said here")

  private func changes(_ changes: RecipeChanges) -> RecipeChanges { Toy.settings(changes).changes }

  @Test("a value that a recipe begins with need not be typed, however it is written")
  func defaults() {
    let defaults: RecipeChanges = [
      .hidden: "50,50", .batchNormalization: "before", .initialization: "he", .lambda: "0.005",
      .etaMinimum: "0.00001", .etaMaximum: "1e-1", .cycles: "2", .batchSize: "100",
      .shuffle: "true", .optimizer: "sgd", .schedule: "cyclical", .statisticsDecay: "0.9",
      .normalizationEpsilon: "1e-5",
    ]
    #expect(changes(defaults).options.isEmpty)
    #expect(changes(defaults.and([.lambda: "0.5"])) == [.lambda: "0.5"])
  }

  @Test("α and ε count where there is normalization")
  func normalization() {
    let both: RecipeChanges = [.statisticsDecay: "0.5", .normalizationEpsilon: "0.25"]
    #expect(changes(both) == both)
    #expect(
      changes(both.and([.batchNormalization: "after"])).options.map(\.key)
        == [.batchNormalization, .normalizationEpsilon, .statisticsDecay])
    #expect(
      changes(both.and([.batchNormalization: "none"])).options.map(\.key) == [.batchNormalization])
    #expect(changes(both.and([.hidden: "none"])).options.map(\.key) == [.hidden])
  }

  @Test(
    "the images and the half-cycle that a run of CIFAR-10 takes by itself need not be typed",
    arguments: [
      ([.train: "45000", .validation: "5000"], []),
      ([.train: "45000", .validation: "5000", .stepSize: "2250"], []),
      ([.stepSize: "2250"], []), ([.stepSize: "2475"], [.stepSize]),
      ([.stepSize: "900", .train: "45000"], [.stepSize]),
      // 450 steps of 100 images are an epoch, 225 of 200, and 1,407 of 32, the last not full.
      ([.stepSize: "1125", .batchSize: "200"], [.batchSize]),
      ([.stepSize: "2250", .batchSize: "200"], [.stepSize, .batchSize]),
      ([.stepSize: "7035", .batchSize: "32"], [.batchSize]),
      ([.stepSize: "7031", .batchSize: "32"], [.stepSize, .batchSize]),
      ([.train: "49500", .validation: "500", .stepSize: "2475"], [.validation]),
      ([.train: "49000", .validation: "500", .stepSize: "2450"], [.train, .validation]),
      ([.validation: "500", .stepSize: "2250"], [.validation, .stepSize]),
      ([.train: "10000", .validation: "5000", .stepSize: "500"], [.train]),
      ([.train: "10000", .stepSize: "800"], [.train, .stepSize]),
    ] as [(RecipeChanges, [RecipeKey])])
  func usual(_ settings: RecipeChanges, _ typed: [RecipeKey]) {
    #expect(changes(settings).options.map(\.key) == typed)
  }

  @Test("what the schedule has no use for is not typed")
  func schedule() {
    let cyclical: RecipeChanges = [.etaMaximum: "0.5", .stepSize: "40", .cycles: "7"]
    #expect(changes(cyclical).options.count == 3)
    let constant = cyclical.and([.schedule: "constant", .eta: "0.25", .epochs: "3"])
    #expect(changes(constant).options.map(\.key) == [.schedule, .eta, .epochs])
    #expect(throws: Never.self) { try changes(constant).recipe() }
  }

  @Test("two spellings of a value are the same network")
  func spelling() {
    #expect(changes([.lambda: "1e-2"]) == changes([.lambda: "0.01"]))
    #expect(changes([.initialization: "1e-4"]) == changes([.initialization: "0.0001"]))
    #expect(changes([.lambda: "1e-2"]) != changes([.lambda: "1e-3"]))
  }

  @Test("what comes later wins, with its source; keys are in the order of the help page")
  func order() {
    let settings = SourcedSettings().unreported(.lambda, "0.1", "Chosen.")
      .reported(.hidden, "4", citation).reported(.lambda, "0.2", citation).unreported(
        .cycles, "3", "Longer.")
    #expect(settings.settings.map(\.key) == [.hidden, .cycles, .lambda])
    #expect(settings[.lambda] == "0.2" && settings[.train] == nil)
    #expect(settings.settings[2].source == .reported(citation))
    #expect(settings.open == [.cycles])
    let others = settings.and(SourcedSettings().unreported(.hidden, "8", "Wider."))
    #expect(others[.hidden] == "8" && others[.lambda] == "0.2" && others[.cycles] == "3")
    #expect(others.open == [.hidden, .cycles])
    #expect(
      settings.unreported([.hidden: "9", .train: "5"], "Why.").open == [.train, .hidden, .cycles])
  }
}
