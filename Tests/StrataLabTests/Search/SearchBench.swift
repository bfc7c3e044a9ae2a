import Dispatch
import LabTestSupport
import Strata
import StrataLab
import TestSupport

/// A folder for the studies of a test, and searches on the built-in images with studies in it.
struct SearchBench {
  static let data = Result { try RunData(SearchSamples.base()) }
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  /// The names in the folder.
  var names: [String] { get throws { try folder.names } }

  /// The path of a name in the folder.
  func path(_ name: String) -> String { folder[name] }

  /// Six coarse trials over λ, and four fine ones.
  func search(
    _ name: String = "study.sqlite", over: [String] = ["lambda=log:1e-5..1e-1"],
    base: Recipe? = nil, _ change: (inout SearchRequest) -> Void = { _ in }
  ) throws -> Search {
    let plan = try SearchSamples.plan(over: over, base: base) {
      ($0.trials, $0.fineTrials) = (6, over == ["lambda=log:1e-5..1e-1"] ? 4 : nil)
      change(&$0)
    }
    return try Search(plan, data: Self.data.get(), study: folder[name])
  }

  func run(_ search: Search, jobs: Int = 2) throws -> SearchResults {
    try search.run(jobs: jobs, shouldStop: { false }) { _ in }
    return try search.results()
  }

  /// Runs searches that share a study at once; the numbers of the trials that each ended, sorted.
  func numbersEnded(by searches: [Search]) -> [Int] {
    let ended = Locked([Int]())
    DispatchQueue.concurrentPerform(iterations: searches.count) { index in
      var last = SearchProgress()
      try? searches[index].run(jobs: 2, shouldStop: { false }) { last = $0 }
      ended.withLock { $0 += last.endedHere.map(\.trial.number) }
    }
    return ended.withLock { $0.sorted() }
  }
}

extension SearchResults {
  /// The trials without their seconds.
  var timeless: [Trial] {
    trials.map { trial in
      var trial = trial
      trial.outcome?.seconds = 0
      return trial
    }
  }
}
