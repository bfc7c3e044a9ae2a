import Foundation
import Strata
import StrataLab
import Testing

@Suite("Plans of a run on the built-in images")
struct TrainingPlanTests {
  private func plan(_ settings: (RecipeKey, String)...) throws -> TrainingPlan {
    var recipe = Recipe()
    let options = [(RecipeKey.data, "shapes")] + settings
    try recipe.apply(options: options.map { (key: $0.0, text: $0.1) })
    return try TrainingPlan(recipe)
  }

  @Test("the default is two cycles of ten epochs on what is not held back")
  func defaults() throws {
    let plan = try plan()
    #expect(plan.split.training.count == 4500)
    #expect(plan.split.validation?.count == 500)
    #expect(plan.configuration.updateSteps == 2 * 2 * 5 * 45)
    #expect(plan.configuration.evaluateEvery == 45)
    #expect(
      plan.configuration.schedule
        == .cyclical(minimum: 1e-5, maximum: 0.1, stepSize: 225, decay: 1))
    #expect(plan.recipe.value(of: .stepSize) == .plain("225"))
    #expect(plan.recipe.value(of: .threads) != nil)
  }

  @Test("ε of batch normalization reaches the configuration and the network")
  func normalizationEpsilon() throws {
    let plan = try plan((.normalizationEpsilon, "2.2e-16"))
    #expect(plan.configuration.normalizationEpsilon == 2.2e-16)
    #expect(plan.architecture.normalizationEpsilon == 2.2e-16)
    #expect(try self.plan().architecture.normalizationEpsilon == 1e-5)
  }

  @Test("activation and the greatest norm reach the network and the configuration")
  func activation() throws {
    let plan = try plan((.activation, "gelu"), (.clipNorm, "0.5"))
    #expect(plan.architecture.activation == .gelu && plan.configuration.clipNorm == 0.5)
    #expect(plan.lines.contains { $0.contains(", gelu, batch normalization before") })
  }

  @Test("epochs stretch the cycles; other schedules last for them")
  func epochs() throws {
    #expect(try plan((.epochs, "4")).configuration.updateSteps == 180)
    let constant = try plan((.schedule, "constant"), (.epochs, "3"), (.batchSize, "1000"))
    #expect(constant.configuration.updateSteps == 3 * 5)
    #expect(constant.configuration.schedule == .constant(0.01))
    let cosine = try plan((.schedule, "cosine"), (.epochs, "2"), (.train, "100"))
    #expect(cosine.length.updateSteps == 2)
    #expect(cosine.configuration.schedule == .cosine(minimum: 1e-5, maximum: 0.1))
  }

  @Test("a network beyond the memory is refused before any is taken")
  func memory() throws {
    let widths = Array(repeating: "8192", count: 49).joined(separator: ",")
    let error = #expect(throws: ConfigurationError.self) {
      try plan((.hidden, widths)).checkMemory([MemoryLimit(free: 1 << 34, source: "a test")])
    }
    #expect(error?.setting == "hidden")
  }

  @Test("the space that a run needs is estimated from above, and grows with its evaluations")
  func space() throws {
    for (every, hidden) in [("1", "none"), ("1", "9,9"), ("100", "200")] {
      let plan = try plan(
        (.train, "20"), (.validation, "10"), (.batchSize, "10"), (.schedule, "constant"),
        (.epochs, "100"), (.evaluateEvery, every), (.hidden, hidden))
      let place = FileManager.default.temporaryDirectory
        .appending(path: "strata-\(UUID().uuidString)").path
      defer { try? FileManager.default.removeItem(atPath: place) }
      _ = try plan.run(into: RunFolder(claiming: place), isKept: false)
      let sizes = try FileManager.default.contentsOfDirectory(atPath: place).map { name in
        let bytes = try Data(contentsOf: URL(filePath: place).appending(path: name)).count
        return (bytes + 4095) / 4096 * 4096
      }
      #expect(plan.neededSpace >= sizes.reduce(0, +))
    }
    let few = try plan((.schedule, "constant"), (.evaluateEvery, "45"))
    let many = try plan((.schedule, "constant"), (.evaluateEvery, "1"))
    #expect(many.neededSpace - few.neededSpace > 160 * (900 - 20))
  }
}
