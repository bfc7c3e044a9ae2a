import Strata
import StrataLab
import Testing

@Suite("CurveQuantity")
struct CurveQuantityTests {
  private func kind(_ quantity: CurveQuantity, _ numbers: [Double]) -> Scale.Kind {
    let values = numbers.enumerated().map { Series.Value(Double($0), $1) }
    return quantity.axisKind(for: [Series(name: "s", values: values, style: .training)])
  }

  @Test("the axis is logarithmic where the start leaves the rest less than a quarter")
  func squeezed() {
    #expect(kind(.loss, [6, 2, 1.2]) == .logarithmic)  // 0.8 of 4.8
    #expect(kind(.cost, [6, 2, 1.2]) == .logarithmic)
    #expect(kind(.loss, [4, 2, 1.2]) == .linear)  // 0.8 of 2.8
    #expect(kind(.loss, [2, 6, 5.9]) == .linear, "a start below squeezes nothing")
    #expect(kind(.loss, [2.3026, 2.3, 2.3]) == .linear, "there is nothing to see")
  }

  @Test("it stays linear where a number has no logarithm, and for accuracies")
  func linear() {
    #expect(kind(.loss, [6, 1, 0]) == .linear)
    #expect(kind(.accuracy, [90, 10, 11]) == .linear)
    #expect(kind(.loss, [6, 2, .nan, 1.2]) == .logarithmic)
    #expect(kind(.loss, []) == .linear)
    #expect(kind(.loss, [1]) == .linear)
  }

  @Test("the ends of a band count too")
  func band() {
    let values = [(0.0, 2.5), (1, 2), (2, 1.2)].map { Series.Value($0.0, $0.1) }
    let band = Band([Band.Value(0, low: 2, high: 6), Band.Value(1, low: 1.9, high: 2.1)])
    let series = Series(name: "s", values: values, style: .training, band: band)
    #expect(CurveQuantity.loss.axisKind(for: [series]) == .logarithmic)
  }

  @Test("accuracies are in percent")
  func values() {
    let metrics = Metrics(loss: 1, cost: 2, accuracy: 0.5)
    #expect(CurveQuantity.allCases.map { $0.value(metrics) } == [1, 2, 50])
  }
}
