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

  @Test("among no names there is none")
  func none() { #expect(nearestName(to: "a", among: []) == nil) }
}
