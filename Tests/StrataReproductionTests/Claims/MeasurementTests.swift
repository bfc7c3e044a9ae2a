import StrataLab
import Testing

@testable import StrataReproduction

@Suite("What a claim is held against, in words")
struct MeasurementTests {
  private static let row = Toy.row("one")
  private static let other = Toy.row("two")
  private static let check = ReproducedGradient("a check") { _ in }

  @Test(
    "a phrase, a number with its unit, and what the numbers can tell",
    arguments: [
      (.number(.testAccuracy, of: row), "one: test accuracy", "50.00 %", .student),
      (.number(.finalLoss, of: row), "one: training loss at the end", "0.500", .student),
      (
        .difference(.testAccuracy, of: row, from: other),
        "test accuracy of “one” minus “two”", "+50.00 points", .student
      ),
      (
        .difference(.finalLoss, of: row, from: other),
        "training loss at the end of “one” minus “two”", "+0.500", .student
      ),
      (.gradient(check, .maximum), "a check: largest relative error", "0.500", .range),
      (
        .gradientRatio(check, .maximum, to: check),
        "largest relative error of “a check” divided by that of “a check”", "0.500", .range
      ),
      (
        .search(part: "part", .highest(.fine)),
        "highest validation accuracy of the fine stage", "50.00 %", .single
      ),
      (.arithmetic(2, of: "toys"), "toys", "0.500000", .exact),
      (
        .scores(layer: 2, of: row),
        "one: standard deviation of ŝ of layer 2 on 100 images before the first step", "0.500",
        .student
      ),
    ] as [(Measurement, String, String, Measurement.Spread)])
  func words(
    _ measurement: Measurement, _ name: String, _ text: String, _ spread: Measurement.Spread
  ) {
    #expect(measurement.name == name)
    #expect(measurement.text(0.5) + measurement.unit == text)
    #expect(measurement.spread == spread)
  }

  @Test("the networks and checks that it is about")
  func subjects() {
    let difference = Measurement.difference(.finalLoss, of: Self.row, from: Self.other)
    #expect(difference.rows.map(\.label) == ["one", "two"] && difference.gradients.isEmpty)
    #expect(Measurement.number(.finalLoss, of: Self.row).rows.map(\.label) == ["one"])
    let ratio = Measurement.gradientRatio(Self.check, .maximum, to: Self.check)
    #expect(ratio.gradients.count == 2 && ratio.rows.isEmpty)
    #expect(Measurement.gradient(Self.check, .maximum).gradients.count == 1)
  }
}
