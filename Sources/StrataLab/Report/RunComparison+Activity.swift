import Strata

extension RunComparison {
  /// Dead units and the spread of what flows forward and back, layer by layer.
  var activitySection: Report.Section {
    let examined = runs.compactMap { run in
      (try? run.examination.get()).map { (name: run.name, activity: $0.activity) }
    }
    guard !examined.isEmpty else { return Report.Section("Inside the networks", []) }
    let figures = examined.map { Report.Block.figure(activityFigure($0)) }
    return Report.Section("Inside the networks", [.table(activityTable(examined))] + figures)
  }

  private typealias Examined = (name: String, activity: NetworkActivity)

  private func activityTable(_ examined: [Examined]) -> ReportTable {
    let counts = examined.map(\.activity).map { ($0.testImages, $0.trainingImages) }
    var table = ReportTable(
      name: "layers", title: "Layers",
      caption:
        "A unit is dead when its activation gives 0 for every test image of the sample. Zeros: the "
        + "share of zeros among a layer's activations. σ: the median over units of the standard "
        + "deviation of a unit's output over the sample. Gradient: √(mean (∂L/∂W)²) over the weights, "
        + "of the loss without the λ term.",
      columns: [
        .init("run"), .init("layer", .right), .init("units", .right),
        .init("dead units, %", .right),
        .init("zeros, %", .right), .init("σ of outputs", .right), .init("gradient", .right),
      ],
      footnotes: [
        "Samples: the first \(rangeText(counts.map(\.0))) test images, as at test time; the gradient "
          + "of the first \(rangeText(counts.map(\.1))) training images as one batch, as in training."
      ])
    for run in examined {
      for layer in run.activity.gradients.indices {
        table.add(activityRow(run.name, layer, run.activity))
      }
    }
    return table
  }

  private func activityRow(_ name: String, _ layer: Int, _ activity: NetworkActivity) -> [String] {
    let gradient = significantText(activity.gradientSize(of: layer), digits: 3)
    guard activity.layers.indices.contains(layer) else {
      return [name, "\(layer + 1)", "–", "–", "–", "–", gradient]
    }
    let hidden = activity.layers[layer]
    let median = quantile(0.5, ofSorted: hidden.deviations.sorted()) ?? 0
    return [
      name, "\(layer + 1)", "\(hidden.units)", fixedText(100 * hidden.deadShare, decimals: 1),
      fixedText(100 * hidden.zeroShare, decimals: 1), significantText(median, digits: 3), gradient,
    ]
  }

  private func activityFigure(_ run: Examined) -> ReportFigure {
    let activity = run.activity
    let outputs = BoxPlotSeries(
      name: "σ of each hidden unit's output over the test images",
      values: activity.layers.map(\.deviations))
    let gradients = BoxPlotSeries(
      name: "|∂L/∂W| of each weight on the batch of training images", values: activity.gradients)
    let svg = boxPlotFigure(
      title: "\(run.name): spread of outputs and gradients",
      groups: activity.gradients.indices.map { "layer \($0 + 1)" },
      series: activity.layers.isEmpty ? [gradients] : [outputs, gradients], valueName: "",
      emptyText: "no ReLU")
    return ReportFigure(
      name: "layers", svg: svg,
      caption: "How much the outputs of the hidden units of “\(run.name)” vary, and how large the "
        + "gradient of its weights is, layer by layer.",
      commands: [command])
  }
}

/// `500`, or `50 to 1000` where the numbers differ.
private func rangeText(_ numbers: [Int]) -> String {
  guard let least = numbers.min(), let greatest = numbers.max() else { return "0" }
  return least == greatest ? "\(least)" : "\(least) to \(greatest)"
}
