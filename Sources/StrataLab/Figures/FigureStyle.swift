/// Colours, sizes and fonts that all figures share.
///
/// The colours of series are those of Okabe & Ito 2008 ("Color Universal Design",
/// <https://jfly.uni-koeln.de/color/>), which people with the common forms of colour blindness can
/// tell apart. Series also differ in dashes and marker shapes, so that a black-and-white print
/// can be read.
package enum FigureStyle {
  /// Text and frames.
  package static let ink = "#222222"
  /// Text of second importance.
  package static let fadedInk = "#555555"
  /// Numbers that only complete a table.
  package static let faintInk = "#9a9a9a"
  /// Lines behind the data.
  package static let grid = "#e3e3e3"
  /// The page.
  package static let paper = "#ffffff"
  /// A cell without data.
  package static let missing = "#efefef"

  /// Okabe & Ito's blue.
  package static let blue = "#0072b2"
  /// Okabe & Ito's vermilion.
  package static let vermilion = "#d55e00"
  /// Okabe & Ito's bluish green.
  package static let green = "#009e73"
  /// Okabe & Ito's reddish purple.
  package static let purple = "#cc79a7"
  /// Okabe & Ito's sky blue.
  package static let skyBlue = "#56b4e9"
  /// Okabe & Ito's orange.
  package static let orange = "#e69f00"

  /// The width of a figure for a page: 17 cm of 40 units, so that 12 units are 8.5 points.
  package static let pageWidth = 680.0

  /// The heading of a figure.
  package static let titleSize = 16.0
  /// Headings of panels and names of axes.
  package static let labelSize = 12.0
  /// Numbers at axes.
  package static let tickSize = 11.0
  /// Fonts that nearly every system has one of.
  package static let fonts = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"
}
