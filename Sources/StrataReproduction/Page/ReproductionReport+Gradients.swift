import Strata
import StrataLab

extension ReproductionReport {
  /// The tables of gradient checks: relative errors, and gradients with their differences.
  func gradientBlocks(_ checks: [ReproducedCheck], _ name: String) -> [Report.Block] {
    let groups = Self.grouped(checks)
    return [
      .table(Self.errors(groups, name)), .foldedTable(Self.differences(groups, name)),
      .foldedTable(commands(of: groups, name)),
    ]
  }

  /// The checks that differ in their seed alone, together.
  static func grouped(_ checks: [ReproducedCheck]) -> [[ReproducedCheck]] {
    var groups: [[ReproducedCheck]] = []
    for check in checks {
      if let last = groups.indices.last, groups[last][0].gradient.isSame(as: check.gradient) {
        groups[last].append(check)
      } else {
        groups.append([check])
      }
    }
    return groups
  }

  private static func errors(_ groups: [[ReproducedCheck]], _ name: String) -> ReportTable {
    var table = ReportTable(
      name: name, title: "Relative errors of the gradient",
      caption:
        "|a − g| / max(eps, |a| + |g|) of every parameter; the mean of the seeds' means, and the "
        + "largest of all.",
      columns: [
        .init("network"), .init("parameter"), .init("mean", .right), .init("maximum", .right),
        .init("maximum in Float", .right), .init("seeds", .right),
      ],
      footnotes: [
        "Against central differences in Double; “in Float” is the gradient that training uses, against the "
          + "reference's.",
        bounds(groups.joined().map(\.gradient.settings)),
        "A bias in front of batch normalization has the gradient 0, of which no relative error "
          + "can be taken.",
      ])
    for group in groups {
      for index in group[0].tensors.indices { table.add(group.line(index)) }
      table.add(group.verdict.map { ReportTable.Cell($0, isEmphasized: true) })
    }
    return table
  }

  private static func differences(_ groups: [[ReproducedCheck]], _ name: String) -> ReportTable {
    var table = ReportTable(
      name: name + "-differences", title: "Gradients and their differences",
      caption:
        "Mean and standard deviation of the analytic gradient, and mean, standard deviation and "
        + "maximum of its difference from the numerical one; the first seed.",
      columns: [.init("network"), .init("parameter")]
        + ["mean", "std", "mean_diff", "std_diff", "max_diff"].map { .init($0, .right) })
    for group in groups {
      for tensor in group[0].tensors {
        guard let gradient = tensor.gradient else { continue }
        let numbers = [
          gradient.mean, gradient.std, gradient.meanDifference, gradient.stdDifference,
          gradient.maxDifference,
        ]
        table.add([group[0].gradient.label, tensor.name] + numbers.map { significantText($0) })
      }
    }
    return table
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

  private func commands(of groups: [[ReproducedCheck]], _ name: String) -> ReportTable {
    var table = ReportTable(
      name: name + "-commands", title: "The command of each check",
      columns: [.init("network"), .init("command")])
    for group in groups {
      table.add([group[0].gradient.label, group[0].gradient.command(data: data)])
    }
    return table
  }
}

extension [ReproducedCheck] {
  /// The line of a tensor over all seeds.
  fileprivate func line(_ index: Int) -> [String] {
    let tensors = map { $0.tensors[index] }
    let start = [self[0].gradient.label, tensors[0].name]
    let means = tensors.compactMap(\.mean)
    guard let maximum = tensors.compactMap(\.maximum).max(), !means.isEmpty else {
      return start + ["gradient is zero", "", "", "\(count)"]
    }
    let mean = means.reduce(0, +) / Double(means.count)
    return start + [
      significantText(mean), significantText(maximum),
      tensors.compactMap(\.productionMaximum).max().map { significantText($0) } ?? "–", "\(count)",
    ]
  }

  /// The line that closes a check: the largest errors and the verdict.
  fileprivate var verdict: [String] {
    [
      self[0].gradient.label, allSatisfy(\.passes) ? "all: passed" : "all: failed", "",
      compactMap(\.maximum).max().map { significantText($0) } ?? "–",
      compactMap(\.productionMaximum).max().map { significantText($0) } ?? "–", "\(count)",
    ]
  }
}
