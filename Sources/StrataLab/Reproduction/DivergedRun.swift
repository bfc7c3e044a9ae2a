import Strata

/// A run of a reproduction that ended at a number that is not finite.
///
/// It would end there each time, so it is kept like a finished run: in a file beside the folder that
/// the run would have had.
package struct DivergedRun: Sendable, Hashable {
  /// The run.
  package let run: ReproductionRun
  /// The update step, counted from 0.
  package let step: Int
  /// The tensor, as it is called in a model file, or `cost`.
  package let tensor: String

  init(_ run: ReproductionRun, _ error: DivergenceError) {
    self.run = run
    step = error.step
    tensor = error.layer.map { "layers.\($0).\(error.tensor)" } ?? error.tensor
  }

  /// For a table: `diverged at step 12 (layers.0.linear.weight)`.
  package var text: String { "diverged at step \(countText(step)) (\(tensor))" }
}

extension DivergedRun {
  private static let what = "the record of a run that diverged"

  /// Reads a record.
  ///
  /// - Throws: `DataError` when it is damaged.
  init(_ run: ReproductionRun, contentsOf path: String) throws {
    let json = try JSONFile.read(path, Self.what, hint: keptFileAdvice)
    guard let step = json["step"]?.integer, step >= 0, let tensor = json["tensor"]?.string,
      !tensor.isEmpty, json["seed"]?.text == "\(run.seed)"
    else {
      throw DataError(
        .malformed, path: path,
        expected: "a step from 0, a tensor and the seed \(run.seed) of \(Self.what)",
        found: clipped(printableLine(json.text), columns: 80), hint: keptFileAdvice)
    }
    self.run = run
    self.step = step
    self.tensor = printableLine(tensor)
  }

  /// The record.
  var json: JSONValue {
    .object([
      .init("seed", .number("\(run.seed)")), .init("step", .integer(step)),
      .init("tensor", .string(tensor)),
    ])
  }
}

/// What helps where something that was kept is damaged.
let keptFileAdvice = "remove it and it is made again"
