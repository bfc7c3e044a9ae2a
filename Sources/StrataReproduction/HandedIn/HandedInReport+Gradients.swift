import Strata
import StrataLab

// Item i: how the gradients were checked, and whether they are free of bugs.
extension HandedInReport {
  /// The sentences, the figure and the table.
  func gradients() -> [Report.Block] {
    guard let experiment = experiment("gradients"), case .gradients(let checks) = experiment.found,
      !checks.isEmpty
    else { return missing("gradients") }
    let sentences = [
      Self.method(checks), Self.verdict(checks), Self.layers(checks),
    ]
    return [.paragraph(sentences.joined(separator: " "))]
      + [Self.boxFigure(checks)].compactMap(\.self) + [.table(Self.errorTable(checks))]
  }

  /// How the gradients were checked.
  static func method(_ checks: [ReproducedCheck]) -> String {
    let settings = checks.map(\.gradient.settings)
    func texts(_ values: [String]) -> String {
      var seen: Set<String> = []
      return listText(values.filter { seen.insert($0).inserted })
    }
    let depths = texts(settings.map { "\($0.hidden.count + 1)" })
    let units = texts(settings.flatMap(\.hidden).map { "\($0)" })
    let lambdas = texts(settings.map { significantText($0.lambda, digits: 1) })
    let steps = texts(settings.map { significantText($0.step, digits: 1) })
    let inputs = texts(settings.map { "\($0.inputs)" })
    let samples = texts(settings.map { "\($0.samples)" })
    let placements = texts(settings.map(\.batchNormalization.phrase))
    let seeds = Set(settings.map(\.seed)).count
    return
      "Every parameter of networks with \(depths) layers of \(units) units, \(placements), was "
      + "checked against central differences (h = \(steps), Double) with λ \(lambdas), in this "
      + "order, on \(samples) samples of d = \(inputs), from \(seeds) seed\(seeds == 1 ? "" : "s")."
  }

  /// Whether the gradients are free of bugs, and the largest error of all.
  static func verdict(_ checks: [ReproducedCheck]) -> String {
    let failed = checks.filter { !$0.passes }
    guard failed.isEmpty else {
      let names = failed.map { "\($0.gradient.label), seed \($0.gradient.settings.seed)" }
      return
        "\(failed.count) of \(checks.count) checks exceed a bound (\(names.joined(separator: "; "))"
        + "), so the gradients cannot be called free of bugs."
    }
    let normalized = checks.contains { $0.gradient.settings.batchNormalization != .none }
    let largest = largestError(checks).map {
      "The largest relative error, \($0), is within its bound"
    }
    return (largest ?? "No error exceeds its bound") + ", and all \(checks.count) checks pass: the "
      + "gradients" + (normalized ? ", those with batch normalization included," : "")
      + " are free of any bug that such checks can find."
  }

  /// `2.1e-07 in W1 of “4 layers, λ 0” (bound 1e-06)`; `nil` where nothing was compared.
  private static func largestError(_ checks: [ReproducedCheck]) -> String? {
    let errors = checks.flatMap { check in
      check.tensors.compactMap { tensor in tensor.maximum.map { (check, tensor.name, $0) } }
    }
    guard let (check, tensor, error) = errors.max(by: { $0.2 < $1.2 }) else { return nil }
    let bound = significantText(check.gradient.settings.bound, digits: 1)
    return "\(significantText(error, digits: 2)) in \(tensor) of “\(check.gradient.label)” "
      + "(bound \(bound))"
  }

  /// Whether the discrepancy is greater in earlier layers.
  static func layers(_ checks: [ReproducedCheck]) -> String {
    layerSentence(ReproductionReport.grouped(checks).map(\.weightErrors))
  }

  /// The sentence on the mean errors of the layers' weights, check by check.
  static func layerSentence(_ errors: [[Double?]]) -> String {
    let compared = errors.filter { $0.count > 1 && $0[0] != nil && $0[$0.count - 1] != nil }
    guard !compared.isEmpty else { return "No two layers can be compared." }
    let checks = "the table's \(compared.count) check\(compared.count == 1 ? "" : "s")"
    let isGrowing = compared.allSatisfy { errors in
      zip(errors, errors.dropFirst()).allSatisfy { earlier, later in
        guard let earlier, let later else { return false }
        return earlier > later
      }
    }
    if isGrowing {
      return "In \(compared.count) of \(checks), the mean relative error of the weights grows from "
        + "each layer to the one before it, as the sheet expects."
    }
    let count = compared.count { ($0[0] ?? 0) > ($0[$0.count - 1] ?? 0) }
    guard count > 0 else {
      return "In none of \(checks) does W1 have a larger mean relative error than the last layer's "
        + "weights, although the sheet expects the discrepancy to grow towards the earlier layers."
    }
    return "In \(count) of \(checks), W1 has a larger mean relative error than the last layer's "
      + "weights."
  }

  /// The box plot of the deepest network with batch normalization that was checked at λ 0.
  static func boxFigure(_ checks: [ReproducedCheck]) -> Report.Block? {
    let candidates = checks.filter {
      $0.gradient.settings.batchNormalization != .none && $0.gradient.settings.lambda == 0
    }
    // Of checks of the same depth this is the first, which has the first seed.
    let deepest = candidates.max {
      $0.gradient.settings.hidden.count < $1.gradient.settings.hidden.count
    }
    return deepest.map { check in
      .figure(
        ReportFigure(
          name: "gradients", svg: check.figure,
          caption: "The relative errors of all parameters of “\(check.gradient.label)”, seed "
            + "\(check.gradient.settings.seed)."))
    }
  }

  /// The mean relative error of each layer's weights, and the largest errors.
  private static func errorTable(_ checks: [ReproducedCheck]) -> ReportTable {
    let groups = ReproductionReport.grouped(checks)
    let layers = groups.map(\.weightErrors.count).max() ?? 0
    var table = ReportTable(
      name: "gradients", title: "Relative errors |a − g| / max(eps, |a| + |g|) of the gradients",
      caption: "W1 to W\(layers): the mean of the layer's weights; the two maxima are those of all "
        + "parameters and seeds, in Double against differences and in Float, as in training, "
        + "against Double.",
      columns: [.init("network")] + (0..<layers).map { .init("W\($0 + 1)", .right) } + [
        .init("maximum", .right), .init("maximum in Float", .right), .init("check"),
      ])
    for group in groups {
      let errors = group.weightErrors.map { $0.map { significantText($0, digits: 2) } ?? "zero" }
      let maxima = [
        group.compactMap(\.maximum).max(), group.compactMap(\.productionMaximum).max(),
      ].map { $0.map { significantText($0, digits: 2) } ?? "none" }
      table.add(
        [group[0].gradient.label] + errors
          + Array(repeating: "", count: layers - errors.count) + maxima
          + [group.allSatisfy(\.passes) ? "passed" : "failed"])
    }
    return table
  }
}

extension [ReproducedCheck] {
  /// The mean relative error of each layer's weights; `nil` where none was compared.
  fileprivate var weightErrors: [Double?] {
    guard let first else { return [] }
    return (0...first.gradient.settings.hidden.count).map { layer in
      let means = compactMap { check in
        check.tensors.first { $0.name == "W\(layer + 1)" }?.mean
      }
      return means.isEmpty ? nil : means.reduce(0, +) / Double(means.count)
    }
  }
}

extension BatchNormalizationPlacement {
  /// Where it stands, a phrase.
  fileprivate var phrase: String {
    switch self {
    case .none: "without batch normalization"
    case .before: "with batch normalization before the ReLU"
    case .after: "with batch normalization after the ReLU"
    }
  }
}
