import Strata
import StrataLab
import Testing

@Suite("Spaces of a search")
struct SearchSpaceTests {
  private func space(_ texts: String...) throws -> SearchSpace {
    try SearchSpace(texts.map { try SearchDimension($0) })
  }

  @Test("the values of a trial are those that an independent program draws")
  func golden() throws {
    // Scripts/search-draws.py
    let expected = [
      (1.4213e-05, 198), (0.0307309, 134), (0.00024997, 172), (2.49448e-05, 86),
      (0.0159576, 142),
    ]
    let space = try space("lambda=log:1e-5..1e-1", "batch-size=linear:50..200")
    for (index, values) in expected.enumerated() {
      let drawn = space.draw(seed: 3, trial: index + 1)
      try #require(drawn.map(\.key) == [.lambda, .batchSize])
      #expect(Double(drawn[0].text) == values.0)
      #expect(drawn[1].text == "\(values.1)")
    }
  }

  @Test("a trial depends on seed and number alone; others differ")
  func independent() throws {
    let space = try space("lambda=log:1e-5..1e-1", "hidden=10|20,20|30")
    let drawn = (1...50).map { space.draw(seed: 1, trial: $0) }
    #expect((1...50).reversed().map { space.draw(seed: 1, trial: $0) } == drawn.reversed())
    #expect(Set(drawn).count == 50)
    #expect(space.draw(seed: 2, trial: 1) != drawn[0])
    #expect(Set(drawn.map { $0[1].text }) == ["10", "20,20", "30"])
  }

  @Test("a grid has every combination, the last setting the fastest")
  func grid() throws {
    let texts = try space("lambda=log:1e-3..1e-1", "batch-norm=none,before").grid(atMost: 7)
      .map { $0.map(\.text).joined(separator: " ") }
    #expect(
      texts == [
        "0.001 none", "0.001 before", "0.01 none", "0.01 before", "0.1 none", "0.1 before",
      ])
    let square = try space("eta-min=linear:0..1", "eta-max=linear:1..2").grid(atMost: 15)
    #expect(square.count == 9)
    #expect(try space("hidden=10|20|30").grid(atMost: 100).count == 3)
    #expect(try space("cycles=linear:1..3").grid(atMost: 20).count == 3)
  }

  @Test("a grid that is too large says how many trials it needs")
  func large() throws {
    let space = try space("lambda=log:1e-5..1e-1", "hidden=10|20|30")
    let error = #expect(throws: ConfigurationError.self) { try space.grid(atMost: 5) }
    #expect(error?.description.contains("trials: expected at least 6") == true)
    #expect(throws: ConfigurationError.self) {
      try self.space("hidden=10|20|30").grid(atMost: 2)
    }
  }

  @Test("no setting, or one twice, is an error")
  func rejected() {
    #expect(throws: ConfigurationError.self) { try SearchSpace([]) }
    let error = #expect(throws: ConfigurationError.self) {
      try space("lambda=1,2", "lambda=log:1..2")
    }
    #expect(error?.found == "lambda twice")
  }
}
