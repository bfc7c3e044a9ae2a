import StrataLab
import Testing

@Suite("TextTable")
struct TextTableTests {
  @Test("columns line up, words on the left and numbers on the right")
  func alignment() {
    var table = TextTable([.init("layer"), .init("parameter"), .init("mean", .right)])
    table.add(["1", "W", "1.2e-09"])
    table.add(["1", "γ", "12"])
    table.addRule()
    table.add(["all"])
    #expect(
      table.text == """
        layer  parameter     mean
        ─────  ─────────  ───────
        1      W          1.2e-09
        1      γ               12
        ─────  ─────────  ───────
        all

        """)
  }

  @Test("wide characters and marks keep the columns straight")
  func wide() {
    var table = TextTable([.init("class"), .init("n", .right)])
    for name in ["漢字", "cafe\u{301}", "x"] { table.add([name, "1"]) }
    let widths = table.text.split(separator: "\n").map { displayWidth(String($0)) }
    #expect(widths.allSatisfy { $0 == widths[0] })
  }

  @Test("a row may have too few or too many cells, and control characters")
  func odd() {
    var table = TextTable([.init("a"), .init("b")])
    table.add([])
    table.add(["1", "2", "3"])
    table.add(["x\ny", "\u{1B}"])
    #expect(table.text == "a    b\n───  ─\n\n1    2\nx\u{FFFD}y  \u{FFFD}\n")
  }

  @Test("a table without rows is its header")
  func empty() {
    #expect(TextTable([.init("a")]).text == "a\n─\n")
    #expect(TextTable([]).text == "\n\n")
  }

  @Test("rows alone are aligned without a header")
  func rowsAlone() {
    let rows = [["a", "10", "x"], ["long", "9", "\u{1b}[31my\n"], ["b"]]
    #expect(
      TextTable(rows: rows, numeric: 1...1).text
        == "a     10  x\nlong   9  \u{FFFD}[31my\u{FFFD}\nb\n")
    #expect(TextTable(rows: []).text.isEmpty)
  }
}
