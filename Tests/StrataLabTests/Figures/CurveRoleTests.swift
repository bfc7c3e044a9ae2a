import StrataLab
import Testing

@Suite("CurveRole")
struct CurveRoleTests {
  @Test("each role has the colour that documents agree on")
  func colors() {
    let colors = [
      FigureStyle.blue, FigureStyle.vermilion, FigureStyle.green, FigureStyle.purple,
    ]
    #expect([.normalized, .plain, .after, .other].map(\CurveRole.color) == colors)
    #expect(Set(CurveRole.allCases.map(\.name)).count == CurveRole.allCases.count)
  }
}
