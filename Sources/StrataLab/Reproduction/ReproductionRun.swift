import Glibc
package import Strata

/// A training of a reproduction: settings and a seed.
///
/// Rows of several documents that ask for the same settings share their runs.
package struct ReproductionRun: Sendable, Hashable {
  /// The settings that differ from the defaults.
  package let changes: RecipeChanges
  /// The seed.
  package let seed: UInt64

  /// The name of its folder: everything that its result depends on, in short.
  ///
  /// - Parameter origin: What runs of the same settings may differ by: data, version and kernel.
  func folderName(origin: String) -> String {
    let settings = changes.options.map { "\($0.key.rawValue)=\($0.text)" }.joined(separator: " ")
    let mark = Digest.sha256.hexadecimal(of: "\(settings)\n\(origin)").prefix(10)
    return "\(mark)-seed-\(seed)"
  }
}

/// What a finished run of a reproduction found.
package struct ReproductionResult: Sendable {
  /// The run.
  package let run: ReproductionRun
  /// Where its folder is.
  package let path: String
  /// The evaluations.
  package let history: [HistoryPoint]
  private let summary: JSONValue

  /// Reads the folder of a finished run.
  ///
  /// - Throws: `DataError` when it is damaged.
  init(_ run: ReproductionRun, path: String) throws {
    self.run = run
    self.path = path
    do {
      summary = try FinishedRun.readSummary(Strata.path(path, RunFolder.summaryName))
      history = try MetricsFile.read(Strata.path(path, RunFolder.metricsName))
    } catch let error as DataError {
      throw DataError(
        error.kind, path: error.path, expected: error.expected, found: error.found,
        hint: Self.advice)
    }
  }

  private static let advice = "remove the folder of the run and it is trained again"

  /// A number of `summary.json`.
  ///
  /// - Throws: `DataError` when it is missing.
  package func number(_ name: String) throws -> Double {
    guard let number = summary[name]?.real(Double.self) else {
      throw DataError(
        .malformed, path: Strata.path(path, RunFolder.summaryName), expected: "the number \(name)",
        found: "none", hint: Self.advice)
    }
    return number
  }
}
