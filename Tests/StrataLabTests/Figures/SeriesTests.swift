import Strata
import StrataLab
import TestSupport
import Testing

@Suite("Series")
struct SeriesTests {
  private let axes = Axes(
    frame: Rectangle(x: 0, y: 0, width: 100, height: 50), xDomain: 0...10, yDomain: 0...1)

  private func drawing(_ values: [(Double, Double)]) throws -> ParsedXML {
    let values = values.map { Series.Value($0.0, $0.1) }
    return try ParsedXML(
      Series(name: "s", values: values, style: .training).drawing(on: axes).xml())
  }

  @Test("numbers stand at their places, with markers")
  func places() throws {
    let drawing = try drawing([(0, 0), (5, 1), (10, 0.5)])
    #expect(drawing.elements("polyline").map { $0.attributes["points"] } == ["0,50 50,0 100,25"])
    #expect(drawing.elements("circle").count == 3)
  }

  @Test("a line is interrupted where a number is not finite, and a lone number is a marker")
  func gaps() throws {
    let drawing = try drawing([(0, 0), (1, 0), (2, .nan), (3, 1), (4, .infinity), (5, 1), (6, 1)])
    #expect(
      drawing.elements("polyline").map { $0.attributes["points"] } == ["0,50 10,50", "50,0 60,0"])
    #expect(drawing.elements("circle").count == 5)
    #expect(try self.drawing([(0, .nan), (1, 1e300)]).elements.count == 1)
  }

  @Test("many numbers have no markers")
  func many() throws {
    let drawing = try drawing((0..<200).map { (Double($0) / 20, 0.5) })
    #expect(drawing.elements("circle").isEmpty)
  }

  @Test("thinning keeps the ends, the highest and the lowest of each column, in order")
  func thinning() {
    var generator = RandomStream(seed: 5, for: .samples)
    let points = (0..<20_000).map { Point(x: Double($0) / 200, y: generator.uniform()) }
    let kept = thinned(points)
    #expect(kept.count <= 400)
    #expect(kept.first == points.first && kept.last == points.last)
    #expect(zip(kept, kept.dropFirst()).allSatisfy { $0.x < $1.x })
    for column in 0..<100 {
      func extremes(_ points: [Point]) -> [Double] {
        let heights = points.filter { Int($0.x) == column }.map(\.y)
        return [heights.min() ?? -1, heights.max() ?? -1]
      }
      #expect(extremes(kept) == extremes(points))
    }
    #expect(thinned([]).isEmpty)
  }
}
