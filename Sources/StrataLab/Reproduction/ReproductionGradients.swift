import Strata

extension ReproductionReport {
  /// The table and the box plots of gradient checks.
  func gradientBlocks(_ checks: [ReproducedCheck], _ name: String) -> [Report.Block] {
    var table = ReportTable(
      name: name, title: "Relative errors of the gradient",
      caption: "|a − g| / max(eps, |a| + |g|) of every parameter.",
      columns: [
        .init("network"), .init("parameter"), .init("mean", .right),
        .init("standard deviation", .right), .init("maximum", .right),
        .init("maximum in Float", .right), .init("published", .right),
      ],
      footnotes: [
        "Against central differences in Double; the last but one column holds the gradient that "
          + "training uses, in Float, against the reference's.",
        "A bias in front of batch normalization has the gradient 0, of which no relative error "
          + "can be taken.",
      ])
    for check in checks {
      check.tensors.forEach { table.add(check.line($0)) }
      table.add(check.verdict.map { ReportTable.Cell($0, isEmphasized: true) })
    }
    let figures = checks.map { check in
      ReportFigure(
        name: name, svg: check.figure, caption: "\(check.gradient.label): relative errors.")
    }
    return [.table(table)] + figures.map { .figure($0) }
  }
}

extension ReproducedCheck {
  fileprivate func line(_ tensor: Tensor) -> [String] {
    guard tensor.maximum != nil else { return [gradient.label, tensor.name, "gradient is zero"] }
    return [gradient.label, tensor.name]
      + [tensor.mean, tensor.deviation, tensor.maximum, tensor.productionMaximum].map(Self.text)
  }

  /// The line that closes a check: the largest error, the published one, and the verdict.
  fileprivate var verdict: [String] {
    let published = gradient.published.map { number in
      let isLarger = (maximum ?? .infinity) > number
      return "\(significantText(number)): ours is \(isLarger ? "larger" : "no larger")"
    }
    return [
      gradient.label, passes ? "all: passed" : "all: failed", "", "", Self.text(maximum),
      Self.text(productionMaximum), published ?? "–",
    ]
  }

  private static func text(_ error: Double?) -> String { error.map { significantText($0) } ?? "–" }
}
