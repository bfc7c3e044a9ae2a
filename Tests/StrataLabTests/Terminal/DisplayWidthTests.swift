import StrataLab
import Testing

@Suite("Widths on a terminal")
struct DisplayWidthTests {
  @Test(
    "a character counts as many columns as a terminal gives it",
    arguments: [
      ("", 0), ("loss", 4), ("γ β η λ", 7), ("e\u{301}", 1), ("\u{301}", 0), ("漢字", 4), ("😀", 2),
      ("…", 1),
      ("█░", 2), ("10⁻³", 4), ("a\u{200B}b", 2),
    ])
  func width(text: String, columns: Int) {
    #expect(displayWidth(text) == columns)
  }

  @Test("text is cut to the columns that there are, with an ellipsis")
  func clipping() {
    #expect(clipped("airplane", columns: 8) == "airplane")
    #expect(clipped("airplane", columns: 5) == "airp…")
    #expect(clipped("漢字漢字", columns: 4) == "漢…")
    #expect(clipped("airplane", columns: 1) == "…")
    #expect(clipped("airplane", columns: 0) == "")
  }

  @Test("control characters cannot reach the terminal")
  func control() {
    #expect(
      printableLine("a\u{1B}[2Jb\nc\td\r\n") == "a\u{FFFD}[2Jb\u{FFFD}c\u{FFFD}d\u{FFFD}\u{FFFD}")
    #expect(printableLine("γ₁ é 漢") == "γ₁ é 漢")
  }
}
