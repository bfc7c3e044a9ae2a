import Strata
import Testing

@Suite struct StandardizationTests {
  @Test("the sums of very many rows do not overflow")
  func manyRows() {
    // A stride of 0 lets one row count as often as one likes.
    let count = 17_000_000
    let segment = PixelRows.Segment(
      source: ByteBlock([255]), firstOffset: 0, stride: 0, count: count)
    let dataset = Dataset(
      name: "white", shape: ImageShape(channels: 1, height: 1, width: 1), classNames: ["only"],
      pixels: PixelRows(rowLength: 1, segments: [segment]),
      labels: [UInt8](repeating: 0, count: count))
    let standardization = Standardization(measuring: dataset)
    #expect(standardization.mean == [1] && standardization.deviation == [1])
  }
}
