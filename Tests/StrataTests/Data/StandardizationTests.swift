import Strata
import Testing

@Suite struct StandardizationTests {
  @Test("the sums of very many rows do not overflow")
  func manyRows() throws {
    // A stride of 0 lets one row count as often as one likes.
    let count = 17_000_000
    let segment = DataRows.Segment(
      source: ByteBlock([255]), firstOffset: 0, stride: 0, count: count)
    let dataset = try Dataset(
      name: "white", features: .numberedColumns(1), classNames: ["only"],
      rows: DataRows(of: .byte, columns: 1, segments: [segment]),
      labels: [UInt16](repeating: 0, count: count))
    let standardization = Standardization(measuring: dataset)
    #expect(standardization.mean == [1] && standardization.deviation == [1])
  }
}
