import Testing

@testable import Strata

@Suite("How long a run is")
struct TrainingLengthTests {
  private func length(_ schedule: Schedule, epochs: Int? = nil, steps: Int? = nil) throws
    -> TrainingLength
  {
    try TrainingConfiguration(
      schedule: schedule, epochs: epochs, updateSteps: steps, batchSize: 30
    ).length(rows: 100)
  }

  @Test("an epoch has the last batch too, and a run is measured after each")
  func epoch() throws {
    let length = try length(.constant(0.1), epochs: 3)
    #expect(length.stepsPerEpoch == 4 && length.evaluateEvery == 4 && length.updateSteps == 12)
  }

  @Test("a cyclical run lasts for its cycles: of five epochs, or of what comes nearest to epochs")
  func cycles() throws {
    #expect(try length(.cyclical()).updateSteps == 2 * 2 * 5 * 4)
    #expect(try length(.cyclical(stepSize: 7, cycles: 3)).updateSteps == 42)
    let fitted = try length(.cyclical(), epochs: 10)
    #expect(fitted.stepSize == 10 && fitted.updateSteps == 40)
    #expect(try length(.cyclical(cycles: 3), epochs: 1).updateSteps == 6)
  }

  @Test("other schedules last for 20 epochs; update steps win")
  func others() throws {
    #expect(try length(.cosine()).updateSteps == 80)
    #expect(try length(.oneCycle(), steps: 17).updateSteps == 17)
    let cut = try length(.cyclical(stepSize: 5), steps: 17)
    #expect(cut.updateSteps == 17 && cut.stepSize == 5)
    #expect(try length(.cyclical(), steps: 16).stepSize == 4)
  }

  @Test("epochs that ask for another length are refused")
  func conflicts() {
    #expect(throws: ConfigurationError.self) { try length(.cyclical(stepSize: 7), epochs: 3) }
    #expect(throws: ConfigurationError.self) { try length(.cosine(), epochs: 3, steps: 13) }
  }

  @Test("what is filled in asks for the same length, and a default run trains")
  func filledIn() throws {
    let data = try ToyData.split()
    for schedule in [Schedule.cyclical(), .cosine(), .oneCycle(), .constant(0.1)] {
      let configuration = TrainingConfiguration(schedule: schedule)
      let resolved = try configuration.resolved(for: data.training)
      #expect(try resolved.resolved(for: data.training) == resolved)
      #expect(
        try resolved.length(rows: data.training.count)
          == configuration.length(rows: data.training.count))
    }
    let trainer = try Trainer(TrainingConfiguration(hidden: [5], epochs: 2), data: data)
    try trainer.run { _ in }
    #expect(trainer.step == 4 && trainer.history.map(\.step) == [0, 2, 4])
    #expect(try Trainer(data: data).length.updateSteps == 2 * 2 * 5 * 2)
  }
}
