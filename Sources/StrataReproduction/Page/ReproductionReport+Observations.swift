import Strata
import StrataLab

extension ReproductionReport {
  /// The numbers of ours that an experiment shows.
  ///
  /// - Throws: `DataError` when the summary of a run lacks a number.
  func observationBlocks(of experiment: Experiment, _ name: String) throws -> [Report.Block] {
    let observations = experiment.part.observations
    guard !observations.isEmpty else { return [] }
    var table = ReportTable(
      name: name + "-observations", title: "Further numbers of “\(experiment.part.title)”",
      columns: [
        .init("what"), .init("measured"), .init("mean", .right), .init("95 % interval", .right),
      ])
    for observation in observations {
      table.add(try line(observation, in: experiment.document.name))
    }
    return [.table(table)]
  }

  private func line(_ observation: Observation, in document: String) throws -> [String] {
    let measurement = observation.measurement
    let start = [observation.text, measurement.name]
    guard case .numbers(let values)? = try measure(measurement, in: document) else {
      return start + ["–", "–"]
    }
    let summary = try SampleSummary(values)
    let text = { (value: Double) in measurement.text(value) }
    let interval = summary.confidenceInterval().map { "\(text($0.lower)) to \(text($0.upper))" }
    let range = "range \(text(summary.minimum)) to \(text(summary.maximum))"
    return start + [
      text(summary.mean) + measurement.unit + " (n = \(summary.count))",
      measurement.spread == .range ? range : interval ?? "–",
    ]
  }
}
