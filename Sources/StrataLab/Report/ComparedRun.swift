package import Strata

/// A run with its examination for a report.
package struct ComparedRun: Sendable {
  /// Its name in the report, which no other run has.
  package let name: String
  /// The content of its folder.
  package let run: FinishedRun
  /// The results that need its images, or the reason why they are missing.
  package let examination: Result<RunExamination, DataError>

  /// Why there is nothing that needs its images; `nil` where there is.
  package var problem: DataError? {
    if case .failure(let error) = examination { error } else { nil }
  }
}

/// The examination of a run on its images.
package struct RunExamination: Sendable {
  /// The images that it was tested on.
  package let test: Dataset
  /// Its predictions.
  package let outcome: TestOutcome
  /// The activity of the network.
  package let activity: NetworkActivity

  /// Takes images through the network of a run.
  ///
  /// - Throws: `DataError` when they do not fit, `ConfigurationError` when `STRATA_KERNEL` cannot be
  ///   used.
  init(of run: FinishedRun, on pair: DatasetPair, threads: Int) throws {
    test = pair.test
    outcome = try TestOutcome(
      of: run.model, on: pair.test, precision: run.recipe.precision, threads: threads)
    activity = try NetworkActivity(of: run.model, on: pair)
  }
}

extension RunExamination {
  /// Bytes that are enough for an examination, and the page that shows it.
  fileprivate static func memory(of run: FinishedRun) -> Int {
    let page = 64 << 20
    return page + NetworkActivity.memory(of: run.model.network)
  }
}

extension ComparedRun {
  /// Reads runs and examines them on their images.
  ///
  /// - Parameters:
  ///   - paths: The run folders.
  ///   - dataDirectory: The folder to look for data in first, in place of those in the recipes.
  ///   - threads: Threads that share the work; the results do not depend on it.
  ///   - shouldStop: Asked before each run.
  /// - Throws: `Stopped`, `DataError` when a folder holds no whole and finished run, `ConfigurationError` when
  ///   one is given twice or `STRATA_KERNEL` cannot be used.
  package static func read(
    _ paths: [String], dataDirectory: String?, threads: Int,
    shouldStop: () -> Bool = { false }
  ) throws -> [ComparedRun] {
    let runs = try paths.map { try FinishedRun(contentsOf: $0) }
    let places = paths.map(absolutePath)
    if let twice = places.indices.first(where: { places[..<$0].contains(places[$0]) }) {
      throw ConfigurationError(
        setting: "run", expected: "every run once", found: "\(paths[twice]) twice")
    }
    let areDistinct = Set(runs.map(\.name)).count == runs.count
    let names = distinct(areDistinct ? runs.map(\.name) : paths)
    var images = RunImages(dataDirectory: dataDirectory)
    return try zip(names, runs).map { name, run in
      if shouldStop() { throw Stopped() }
      return ComparedRun(
        name: name, run: run, examination: try examine(run, images: &images, threads: threads))
    }
  }

  /// Data that is not there is no reason to give up.
  private static func examine(
    _ run: FinishedRun, images: inout RunImages, threads: Int
  ) throws -> Result<RunExamination, DataError> {
    let pair: DatasetPair
    do {
      pair = try images.images(of: run)
    } catch let error as DataError {
      return .failure(error)
    }
    try Machine.checkMemory(
      RunExamination.memory(of: run), for: "the report on the run \(run.name)")
    return .success(try RunExamination(of: run, on: pair, threads: threads))
  }
}
