import Strata
import Testing

@Suite struct RandomStreamTests {
  @Test("a stream depends on seed, purpose and index alone")
  func streams() {
    var first = RandomStream(seed: 1, for: .order, index: 3)
    var again = RandomStream(seed: 1, for: .order, index: 3)
    #expect((0..<10).map { _ in first.next() } == (0..<10).map { _ in again.next() })
    var starts = Set<UInt64>()
    for seed in 0..<3 as Range<UInt64> {
      for index in 0..<3 as Range<UInt64> {
        for purpose in [RandomStream.Purpose.weights, .order, .images, .samples] {
          var stream = RandomStream(seed: seed, for: purpose, index: index)
          starts.insert(stream.next())
        }
      }
    }
    #expect(starts.count == 36)
  }

  @Test("normal draws have the moments of the normal distribution")
  func normal() {
    var stream = RandomStream(seed: 7, for: .samples)
    let draws = (0..<200_000).map { _ in stream.normal() }
    func moment(_ power: Int) -> Double {
      draws.reduce(0) { sum, draw in sum + (0..<power).reduce(1) { product, _ in product * draw } }
        / Double(draws.count)
    }
    // Standard errors of the first four moments: √(1, 2, 15, 96 / 200,000).
    #expect(abs(moment(1)) < 5 * 0.00224)
    #expect(abs(moment(2) - 1) < 5 * 0.00316)
    #expect(abs(moment(3)) < 5 * 0.00866)
    #expect(abs(moment(4) - 3) < 5 * 0.0219)
  }

  @Test("a shuffle keeps every element, and each position is equally likely")
  func shuffle() {
    var counts = [[Int]](repeating: [Int](repeating: 0, count: 5), count: 5)
    for index in 0..<20_000 as Range<UInt64> {
      var order = Array(0..<5)
      var stream = RandomStream(seed: 3, for: .order, index: index)
      stream.shuffle(&order)
      #expect(order.sorted() == Array(0..<5))
      for (position, element) in order.enumerated() { counts[position][element] += 1 }
    }
    // Binomial(20,000, 1/5): deviation 56.6.
    #expect(counts.joined().allSatisfy { abs($0 - 4000) < 5 * 57 })
  }
}
