import Strata
import Testing

@Suite struct NearestNameTests {
  @Test(
    "the nearest name takes the fewest edits",
    arguments: [
      ("hiden", "hidden"), ("batchsize", "batch-size"), ("seeds", "seed"), ("", "seed"),
      ("kitten", "hidden"),
    ])
  func nearest(name: String, expected: String) {
    #expect(nearestName(to: name, among: ["hidden", "batch-size", "seed"]) == expected)
  }

  @Test("of a name of any length the beginning is compared")
  func long() {
    let name = "hiden" + String(repeating: "x", count: 1_000_000)
    #expect(nearestName(to: name, among: ["batch-size", "hidden"]) != nil)
    #expect(nearestName(to: name, among: ["hidden"], within: 10) == nil)
  }

  @Test("among no names there is none")
  func none() { #expect(nearestName(to: "a", among: []) == nil) }
}
