import CLibrary

/// Colours from white over sky blue to a blue that is nearly black, for shares from 0 to 1.
///
/// Its lightness falls all the way, so that it also reads as grey.
package enum ColorRamp {
  /// The colour of a share; what lies outside 0 to 1 gets the nearest end.
  package static func color(_ share: Double) -> RGB {
    let share = share.isNaN ? 0 : min(max(share, 0), 1)
    let segment = min(Int(share * Double(anchors.count - 1)), anchors.count - 2)
    let fraction = share * Double(anchors.count - 1) - Double(segment)
    return anchors[segment].mixed(with: anchors[segment + 1], fraction: fraction)
  }

  private static let anchors = [
    RGB(red: 255, green: 255, blue: 255), RGB(red: 86, green: 180, blue: 233),
    RGB(red: 0, green: 45, blue: 84),
  ]
}

/// A colour of the sRGB space, each part from 0 to 255.
package struct RGB: Sendable, Hashable {
  package let red: Double
  package let green: Double
  package let blue: Double

  package init(red: Double, green: Double, blue: Double) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// The colour as SVG writes it: `#0072b2`.
  package var hex: String {
    "#"
      + [red, green, blue].map { part in
        let digits = String(Int(part.rounded()), radix: 16)
        return digits.count < 2 ? "0" + digits : digits
      }.joined()
  }

  /// A straight mixture.
  func mixed(with other: RGB, fraction: Double) -> RGB {
    RGB(
      red: red + fraction * (other.red - red), green: green + fraction * (other.green - green),
      blue: blue + fraction * (other.blue - blue))
  }

  /// How bright the colour is, from 0 to 1 (WCAG 2.1, "relative luminance").
  package var luminance: Double {
    func linear(_ part: Double) -> Double {
      let share = part / 255
      return share <= 0.03928 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  /// Black or white text, whichever has the greater contrast on this colour (WCAG 2.1,
  /// "contrast ratio").
  package var textColor: String {
    let againstWhite = 1.05 / (luminance + 0.05)
    let againstBlack = (luminance + 0.05) / 0.05
    return againstWhite > againstBlack ? "#ffffff" : "#000000"
  }
}
