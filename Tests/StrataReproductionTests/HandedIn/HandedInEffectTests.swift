import StrataLab
import Testing

@testable import StrataReproduction

@Suite("Sentences on what a change does, for whatever came out")
struct HandedInEffectTests {
  private func sentence(
    _ answers: [PairedAnswer], _ measure: HandedInMeasure = .testAccuracy
  ) throws -> String {
    try answers.corrected().map { HandedInEffect($0) }.sentence("batch normalization", measure)
  }

  @Test("better and worse are said with amounts and intervals")
  func sure() throws {
    let better = try HandedInSamples.answer("at 3 layers", [0.011, 0.012, 0.013])
    let worse = try HandedInSamples.answer("at 9 layers", [-0.02, -0.021, -0.019])
    #expect(
      try sentence([better])
        == "Batch normalization raises the test accuracy at 3 layers by 1.20 percentage points "
        + "(95 % interval +0.95 to +1.45).")
    #expect(
      try sentence([worse, better])
        == "Batch normalization raises the test accuracy at 3 layers by 1.20 percentage points "
        + "(95 % interval +0.95 to +1.45); it lowers the test accuracy at 9 layers by "
        + "2.00 percentage points (95 % interval -2.25 to -1.75).")
  }

  @Test("what may be chance is not claimed, and the cases of one verdict share a clause")
  func open() throws {
    let first = try HandedInSamples.answer("at 3 layers", [0.01, -0.02, 0.03])
    let second = try HandedInSamples.answer("at 6 layers", [-0.01, 0.02, -0.03])
    let text = try sentence([first, second])
    #expect(
      text.hasPrefix(
        "Batch normalization has no significant effect on the test accuracy at 3 layers "
          + "(+0.67 percentage points, 95 % interval -"))
    #expect(text.contains(") and at 6 layers (-0.67 percentage points"))
    #expect(!text.contains("raises") && !text.contains("lowers"))
    let better = try HandedInSamples.answer("at 9 layers", [0.5, 0.51, 0.52])
    #expect(try sentence([first, better]).contains("; it has no significant effect at 3 "))
  }

  @Test("Holm's correction counts: two doubtful cases are not two findings")
  func correction() throws {
    let doubtful = [0.01, 0.011, 0.03, 0.025]
    #expect(try sentence([HandedInSamples.answer("alone", doubtful)]).contains("raises"))
    let both = try ["one", "two"].map { try HandedInSamples.answer($0, doubtful) }
    #expect(try sentence(both).contains("has no significant effect on"))
    #expect(try sentence(both).contains(" after Holm's correction) and two ("))
  }

  @Test("one seed proves nothing, and has no interval")
  func single() throws {
    let text = try sentence([HandedInSamples.answer("at 3 layers", [0.01])])
    #expect(
      text
        == "In one seed, batch normalization changes the test accuracy at 3 layers by "
        + "+1.00 percentage points.")
  }

  @Test("the same difference for each seed, and none at all")
  func same() throws {
    #expect(
      try sentence([HandedInSamples.answer("at 3 layers", [0.25, 0.25])])
        == "Batch normalization changes the test accuracy at 3 layers by the same "
        + "+25.00 percentage points in each of 2 seeds.")
    #expect(
      try sentence([HandedInSamples.answer("at 3 layers", [0, 0])])
        == "Batch normalization does not change the test accuracy at 3 layers in any of 2 seeds.")
  }

  @Test("a diverged run is the reason why there is no answer")
  func diverged() throws {
    #expect(
      try sentence([HandedInSamples.failure("at 9 layers")])
        == "What batch normalization does to the test accuracy is not known at 9 layers, since "
        + "“at 9 layers” diverged with seed 1.")
    let better = try HandedInSamples.answer("at 3 layers", [0.011, 0.012, 0.013])
    #expect(
      try sentence([better, HandedInSamples.failure("at 9 layers")])
        .contains("; its effect is not known at 9 layers, since"))
    #expect(try sentence([]).isEmpty)
  }

  @Test("losses have no unit, and three significant digits")
  func losses() throws {
    let lower = try HandedInSamples.answer("at 3 layers", [-0.101, -0.1, -0.099])
    #expect(
      try sentence([lower], .finalLoss)
        == "Batch normalization lowers the final training loss at 3 layers by 0.100 "
        + "(95 % interval -0.102 to -0.0975).")
  }
}
