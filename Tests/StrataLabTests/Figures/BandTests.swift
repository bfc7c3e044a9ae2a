import StrataLab
import TestSupport
import Testing

@Suite("Band")
struct BandTests {
  private let axes = Axes(
    frame: Rectangle(x: 0, y: 0, width: 100, height: 50), xDomain: 0...10, yDomain: 0...1)

  private func areas(_ values: [Band.Value]) throws -> [String?] {
    try ParsedXML(Band(values).drawing(on: axes, color: "#123456").xml())
      .areas.map { $0.attributes["d"] }
  }

  @Test("the area goes along the upper ends and back along the lower ones")
  func outline() throws {
    let values = [Band.Value(0, low: 0, high: 1), Band.Value(10, low: 0.2, high: 0.6)]
    #expect(try areas(values) == ["M0 0l100 20 0 20-100 10z"])
  }

  @Test("it is cut where an end is not finite, and a lone value has no area")
  func gaps() throws {
    let values = [
      Band.Value(0, low: 0, high: 1), Band.Value(1, low: 0, high: 1),
      Band.Value(2, low: .nan, high: 1), Band.Value(3, low: 0, high: 1),
      Band.Value(4, low: 0, high: .infinity), Band.Value(5, low: 0, high: 1),
      Band.Value(6, low: 0, high: 1),
    ]
    #expect(try areas(values) == ["M0 0l10 0 0 50-10 0z", "M50 0l10 0 0 50-10 0z"])
    #expect(try areas([]).isEmpty)
  }

  @Test("an axis spans both ends")
  func shown() {
    #expect(Band([Band.Value(0, low: -1, high: 3)]).shownNumbers == [-1, 3])
  }
}
