import Strata
package import StrataLab

/// A run of a reproduction that ended at a number that is not finite.
///
/// It would end there each time, so it is kept like a finished run: in a file beside the folder that
/// the run would have had.
package struct DivergedRun: Sendable, Hashable {
  /// The run.
  package let run: ReproductionRun
  /// Where it ended.
  package let divergence: Divergence

  init(_ run: ReproductionRun, _ error: DivergenceError) {
    self.run = run
    divergence = Divergence(error)
  }
}

extension DivergedRun {
  private static let what = "the record of a run that diverged"

  /// Reads a record.
  ///
  /// - Throws: `DataError` when it is damaged.
  init(_ run: ReproductionRun, contentsOf path: String) throws {
    let json = try JSONFile.read(path, Self.what, hint: keptFileAdvice)
    guard let divergence = Divergence(json), json["seed"]?.text == "\(run.seed)" else {
      throw DataError(
        .malformed, path: path,
        expected: "a step from 0, a tensor and the seed \(run.seed) of \(Self.what)",
        found: clipped(printableLine(json.text), columns: 80), hint: keptFileAdvice)
    }
    self.run = run
    self.divergence = divergence
  }

  /// The record.
  var json: JSONValue {
    .object([.init("seed", .number("\(run.seed)"))] + divergence.members)
  }
}

/// What helps where something that was kept is damaged.
let keptFileAdvice = "remove it and it is made again"
