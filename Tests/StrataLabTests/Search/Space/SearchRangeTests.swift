import Strata
import StrataLab
import Testing

@Suite("Ranges of a search")
struct SearchRangeTests {
  private func draws(_ range: SearchRange, count: Int) -> [Double] {
    var stream = RandomStream(seed: 5, for: .samples)
    return (0..<count).map { _ in range.draw(using: &stream) }
  }

  @Test("logarithmic draws fall into every decade equally often")
  func logarithmic() {
    let draws = draws(SearchRange(.log, 1e-5...1e-1, isWhole: false), count: 8000)
    for exponent in [1e-5, 1e-4, 1e-3, 1e-2] {
      let count = draws.filter { exponent <= $0 && $0 < 10 * exponent }.count
      // Binomial(8000, 1/4): deviation 38.7.
      #expect(abs(count - 2000) < 5 * 39)
    }
    #expect(draws.allSatisfy { (1e-5...1e-1).contains($0) })
  }

  @Test("linear draws fall into every quarter equally often")
  func linear() {
    let draws = draws(SearchRange(.linear, -1...3, isWhole: false), count: 8000)
    for start in [-1.0, 0, 1, 2] {
      #expect(abs(draws.filter { start <= $0 && $0 < start + 1 }.count - 2000) < 5 * 39)
    }
  }

  @Test("each whole number of a linear range is equally likely, those at the ends too")
  func whole() {
    let draws = draws(SearchRange(.linear, 1...4, isWhole: true), count: 8000)
    for value in [1.0, 2, 3, 4] {
      #expect(abs(draws.filter { $0 == value }.count - 2000) < 5 * 39)
    }
    let logarithmic = self.draws(SearchRange(.log, 1...1000, isWhole: true), count: 3000)
    #expect(logarithmic.allSatisfy { $0 == $0.rounded() && (1...1000).contains($0) })
    // 1/3 of the draws from each decade: log₁₀ from .5 to 1000.5, of which 1 to 9 have 1.28 / 3.30.
    let first = logarithmic.filter { $0 < 10 }.count
    #expect(abs(Double(first) - 3000 * 1.2788 / 3.3012) < 5 * 26.7)
  }

  @Test("points are evenly spaced, with the ends")
  func points() {
    #expect(
      SearchRange(.log, 1e-5...1e-1, isWhole: false).points(5) == [1e-5, 1e-4, 1e-3, 1e-2, 1e-1])
    #expect(SearchRange(.linear, 0...1, isWhole: false).points(5) == [0, 0.25, 0.5, 0.75, 1])
    #expect(SearchRange(.linear, 0...1, isWhole: false).points(1) == [0])
    #expect(SearchRange(.linear, 1...3, isWhole: true).points(9) == [1, 2, 3])
    #expect(SearchRange(.log, 10...1000, isWhole: true).points(3) == [10, 100, 1000])
  }

  @Test("numbers have six significant digits, and their text is read back as the same number")
  func digits() throws {
    let range = SearchRange(.log, 1e-5...1e-1, isWhole: false)
    for value in draws(range, count: 100) {
      let text = range.text(of: value)
      #expect(text.filter { $0.isNumber }.count <= 12)
      #expect(Double(text) == value)
    }
    #expect(range.description == "log:1.0e-5..0.1")
    #expect(SearchRange(.linear, 50...200, isWhole: true).description == "linear:50..200")
  }
}
