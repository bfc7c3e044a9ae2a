import StrataLab
import Testing

@Suite("Widths of text in figures")
struct ApproximateWidthTests {
  @Test("text is wrapped at blanks into lines that fit")
  func wrapping() {
    let words = (0..<40).map { "word\($0)" }
    let lines = wrapped(words.joined(separator: " "), width: 200, size: 10)
    #expect(lines.flatMap { $0.split(separator: " ").map(String.init) } == words)
    #expect(lines.count > 3)
    #expect(lines.allSatisfy { approximateWidth($0, size: 10) <= 200 })
    #expect(wrapped("", width: 200, size: 10).isEmpty)
  }

  @Test("what does not fit is left out of the middle", arguments: [0.0, 5, 30, 60, 1000])
  func fitting(width: Double) {
    let name = "class-name-42"
    let text = fitted(name, width: width, size: 10)
    #expect(text == name || text.contains("…"))
    #expect(approximateWidth(text, size: 10) <= max(width, approximateWidth("…", size: 10)))
    #expect((text == name) == (approximateWidth(name, size: 10) <= width))
  }
}
