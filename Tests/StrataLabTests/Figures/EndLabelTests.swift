import StrataLab
import Testing

@Suite("Labels beside curves")
struct EndLabelTests {
  @Test(
    "labels that would overlap are moved apart around their places",
    arguments: [
      ([50.0, 100], [50.0, 100]), ([50, 50], [44, 56]), ([50, 56], [47, 59]), ([0, 0], [0, 12]),
      ([200, 200], [188, 200]), ([70], [70]), ([], []),
      ([0, 100, 104], [0, 96, 108]),
    ])
  func spreading(heights: [Double], expected: [Double]) {
    #expect(spread(heights, gap: 12, within: 0...200) == expected)
  }
}
