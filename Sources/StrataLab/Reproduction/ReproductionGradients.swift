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
        Self.bounds(checks.map(\.gradient.settings)),
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
    return [.table(table), .foldedTable(commands(of: checks, name))] + figures.map { .figure($0) }
  }

  /// What "passed" means.
  private static func bounds(_ settings: [GradientCheckSettings]) -> String {
    func texts(_ number: KeyPath<GradientCheckSettings, Double>) -> String {
      Set(settings.map { $0[keyPath: number] }).sorted().map { significantText($0, digits: 1) }
        .joined(separator: " or ")
    }
    return "Passed: no error is above \(texts(\.bound)) against the differences, where eps is "
      + "\(texts(\.epsilon)), nor above \(texts(\.productionBound)) in Float, where eps is "
      + "\(texts(\.productionEpsilon)), unless rounding to Float alone makes a larger one."
  }

  private func commands(of checks: [ReproducedCheck], _ name: String) -> ReportTable {
    var table = ReportTable(
      name: name + "-commands", title: "The command of each check",
      columns: [.init("network"), .init("command")])
    for check in checks { table.add([check.gradient.label, check.gradient.command(data: data)]) }
    return table
  }
}

extension ReproducedGradient {
  /// The command that makes it again.
  ///
  /// - Parameter data: The data set, for a check on its images.
  package func command(data: String) -> String {
    let hidden = settings.hidden.map(String.init).joined(separator: ",")
    let options = [
      ("hidden", hidden.isEmpty ? "none" : hidden), ("inputs", "\(settings.inputs)"),
      ("samples", "\(settings.samples)"), ("lambda", "\(settings.lambda)"),
      ("step", "\(settings.step)"), ("epsilon", "\(settings.epsilon)"),
      ("batch-norm", settings.batchNormalization.rawValue),
      ("init", settings.initialization.label), ("seed", "\(settings.seed)"),
    ]
    let hasOwnEpsilon =
      settings.normalizationEpsilon != GradientCheckSettings().normalizationEpsilon
    let epsilon =
      hasOwnEpsilon ? [("normalization-epsilon", "\(settings.normalizationEpsilon)")] : []
    let words = (usesImages ? [("data", data)] : []) + options + epsilon
    return (["strata gradcheck"] + words.map { "--\($0.0) \(shellWord($0.1))" })
      .joined(separator: " ")
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
