import Strata
import Testing

@Suite struct ScheduleTests {
  @Test("the cyclical schedule is a triangle that starts at η_min")
  func cyclical() {
    let schedule = Schedule.cyclical(minimum: 1, maximum: 3, stepSize: 4, decay: 1)
    let rates = (0..<17).map { schedule.rate(at: $0, of: 16) }
    expectClose(rates, [1, 1.5, 2, 2.5, 3, 2.5, 2, 1.5, 1, 1.5, 2, 2.5, 3, 2.5, 2, 1.5, 1])
  }

  @Test("the peak is multiplied by the decay after each cycle, and never falls below η_min")
  func decay() {
    let schedule = Schedule.cyclical(minimum: 1, maximum: 8, stepSize: 2, decay: 0.5)
    expectClose([2, 6, 10, 14, 18].map { schedule.rate(at: $0, of: 20) }, [8, 4, 2, 1, 1])
  }

  @Test("without a step size the cycles last for the run")
  func fittedCycles() {
    let schedule = Schedule.cyclical(minimum: 0, maximum: 3, cycles: 2)
    expectClose(
      (0..<13).map { schedule.rate(at: $0, of: 12) }, [0, 1, 2, 3, 2, 1, 0, 1, 2, 3, 2, 1, 0])
  }

  @Test("the cosine schedule falls from η_max to η_min and stays there")
  func cosine() {
    let schedule = Schedule.cosine(minimum: 1, maximum: 3)
    expectClose(
      (0...5).map { schedule.rate(at: $0, of: 4) },
      [3, 2 + 0.5.squareRoot(), 2, 2 - 0.5.squareRoot(), 1, 1])
  }

  @Test("one cycle goes up and down between its ends, then below η_min")
  func oneCycle() {
    let schedule = Schedule.oneCycle(minimum: 1, maximum: 3)
    expectClose([0, 45, 90].map { schedule.rate(at: $0, of: 100) }, [1, 3, 1])
    #expect(schedule.rate(at: 95, of: 100) < 1)
    #expect(schedule.rate(at: 100, of: 100) > 0)
  }

  @Test("the constant schedule is constant")
  func constant() {
    #expect(Schedule.constant(0.1).rate(at: 0, of: 9) == 0.1)
    #expect(Schedule.constant(0.1).rate(at: 12_345, of: 9) == 0.1)
  }

  @Test(
    "rates that are negative, infinite or no number are refused",
    arguments: [
      Schedule.constant(-1), .constant(.nan), .constant(.infinity),
      .cyclical(minimum: -1, maximum: 1, stepSize: 1, decay: 1),
      .cyclical(minimum: 0, maximum: .infinity, stepSize: 1, decay: 1),
      .cyclical(minimum: 2, maximum: 1, stepSize: 1, decay: 1),
      .cyclical(minimum: 0, maximum: 1, stepSize: 0, decay: 1),
      .cyclical(minimum: 0, maximum: 1, stepSize: 1, decay: -1),
      .cyclical(minimum: 0, maximum: 1, stepSize: .max / 2 + 1, decay: 1),
      .cyclical(cycles: 0), .cosine(minimum: .nan, maximum: 1), .oneCycle(minimum: 2, maximum: 1),
    ])
  func validation(schedule: Schedule) {
    #expect(throws: ConfigurationError.self) {
      try TrainingConfiguration(schedule: schedule).validate()
    }
  }
}
