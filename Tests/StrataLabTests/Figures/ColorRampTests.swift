import StrataLab
import Testing

@Suite("ColorRamp")
struct ColorRampTests {
  private let shares = (0...100).map { Double($0) / 100 }

  @Test("greater shares are darker, so that a grey print can be read")
  func monotonic() {
    let brightness = shares.map { ColorRamp.color($0).luminance }
    #expect(zip(brightness, brightness.dropFirst()).allSatisfy { $0 > $1 })
    #expect(ColorRamp.color(0).hex == "#ffffff")
    #expect(ColorRamp.color(.nan) == ColorRamp.color(0))
    #expect(ColorRamp.color(7) == ColorRamp.color(1))
  }

  @Test("text has at least the contrast that WCAG 2.1 asks of small text, 4.5 to 1")
  func contrast() {
    for color in shares.map(ColorRamp.color) {
      let text = color.textColor == "#ffffff" ? 1.0 : 0.0
      let brighter = max(text, color.luminance) + 0.05
      #expect(brighter / (min(text, color.luminance) + 0.05) >= 4.5)
    }
  }

  @Test("luminance is WCAG's")
  func luminance() {
    // sRGB grey 119 has a contrast of 4.48 to 1 on white.
    let grey = RGB(red: 119, green: 119, blue: 119)
    #expect(abs(1.05 / (grey.luminance + 0.05) - 4.48) < 0.005)
    #expect(RGB(red: 255, green: 255, blue: 255).luminance == 1)
    #expect(RGB(red: 0, green: 15, blue: 160).hex == "#000fa0")
  }
}
