/// The role of a network in a comparison; each has one colour and one marker in every figure.
package enum CurveRole: Int, Sendable, Hashable, CaseIterable {
  /// With batch normalization.
  case normalized
  /// Without batch normalization.
  case plain
  /// With batch normalization after the ReLU.
  case after
  /// Anything else.
  case other

  /// Its colour: Okabe & Ito's, which the common forms of colour blindness leave apart.
  package var color: String {
    switch self {
    case .normalized: FigureStyle.blue
    case .plain: FigureStyle.vermilion
    case .after: FigureStyle.green
    case .other: FigureStyle.purple
    }
  }

  /// The default name in a legend.
  package var name: String {
    switch self {
    case .normalized: "batch normalization"
    case .plain: "no batch normalization"
    case .after: "normalization after the ReLU"
    case .other: "other"
    }
  }

  /// How it is drawn; lines are solid unless they have dashes.
  func style(dash: [Double] = []) -> SeriesStyle {
    switch self {
    case .normalized: SeriesStyle(color: color, dash: dash)
    case .plain: SeriesStyle(color: color, dash: dash, marker: .square)
    case .after: SeriesStyle(color: color, dash: dash, marker: .triangle)
    case .other: SeriesStyle(color: color, dash: dash, isHollow: true)
    }
  }
}

extension SeriesStyle {
  /// A published number: a hollow diamond.
  static func published(_ color: String) -> SeriesStyle {
    SeriesStyle(color: color, marker: .diamond, isHollow: true)
  }
}

extension Figure.LegendEntry {
  /// The meaning of a hollow diamond.
  static let published = Figure.LegendEntry(
    "published", .published(FigureStyle.ink), isLine: false)

  /// The colours and markers of some roles, in their own order.
  static func roles(
    _ roles: Set<CurveRole>, names: [CurveRole: String]
  ) -> [Figure.LegendEntry] {
    CurveRole.allCases.filter(roles.contains).map { role in
      Figure.LegendEntry(names[role] ?? role.name, role.style())
    }
  }
}
