import StrataLab
import TestSupport
import Testing

@Suite("SVGElement")
struct SVGElementTests {
  @Test("markup in text and attributes is escaped, and what XML forbids is replaced")
  func escaping() throws {
    let text = "a<b> & \"c\" 'd' γ 漢 \u{0}\u{1B}\u{FFFE}\n\u{301}"
    let element = SVGElement("text", ["id": .text(text)], text: text)
    let parsed = try ParsedXML(element.xml())
    let kept = "a<b> & \"c\" 'd' γ 漢 \u{FFFD}\u{FFFD}\u{FFFD} \u{301}"
    #expect(parsed.texts == [kept])
    #expect(parsed.elements.first?.attributes["id"] == kept)
  }

  @Test("attributes and children keep their order")
  func order() {
    let child = SVGElement("b", ["z": 1.0, "a": "x"])
    let element = SVGElement("g", ["k": 0.5], children: [child, SVGElement("c")]).with("l", "m")
    #expect(
      element.xml() == """
        <g k="0.5" l="m">
         <b z="1" a="x"/>
         <c/>
        </g>

        """)
  }

  @Test(
    "coordinates have at most two decimals and are always numbers",
    arguments: [
      (0.0, "0"), (-0.001, "0"), (12.5, "12.5"), (12.345, "12.35"), (-3, "-3"), (-0.05, "-0.05"),
      (1e9, "1000000"), (-.infinity, "-1000000"), (.nan, "0"),
    ])
  func coordinates(value: Double, text: String) {
    #expect(coordinateText(value) == text)
  }
}
