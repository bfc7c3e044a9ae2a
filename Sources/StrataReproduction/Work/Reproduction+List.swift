import Strata
import StrataLab

extension ReproductionDocument {
  /// Every part that the names select: its name and what it shows.
  ///
  /// - Throws: `ConfigurationError` for a name that there is not.
  package static func listing(_ names: [String]) throws -> String {
    var table = TextTable([.init("name"), .init("shows")])
    for document in try selection(names) {
      for part in document.parts { table.add(["\(document.name)/\(part.name)", part.title]) }
    }
    return table.text
  }
}

extension Reproduction {
  /// Every part: its name, what it shows, what it trains and about how long what is left of that takes
  /// here.
  ///
  /// - Throws: `ConfigurationError` for settings that do not fit the data.
  package func listing(jobs: Int) throws -> String {
    let rate = try measuredRate() * Double(min(jobs, Machine.usableProcessors))
    var table = TextTable([
      .init("name"), .init("shows"), .init("networks", .right), .init("about", .right),
    ])
    var known: (runs: Set<ReproductionRun>, studies: Set<String>) = ([], [])
    var total = 0.0
    var isAllMade = true
    for (document, part) in parts {
      guard (try? check(part)) != nil else {
        table.add(["\(document.name)/\(part.name)", part.title, "–", "not with this data"])
        isAllMade = false
        continue
      }
      let (count, work) = try work(of: part, known: &known)
      total += work
      let isMade = try isMade(part)
      isAllMade = isAllMade && isMade
      table.add([
        "\(document.name)/\(part.name)", part.title, count == 0 ? "–" : countText(count),
        isMade ? "made" : Self.about(work / rate),
      ])
    }
    let all = "\nAll of it from \(seeds) seed\(seeds == 1 ? "" : "s")"
    return table.text
      + (isAllMade
        ? all + " is made." : all + ", \(jobs) at a time: about \(Self.about(total / rate)).")
      + " Networks that several parts share are counted once.\n"
  }

  /// How long work takes; of what is not trained, no time is known.
  private static func about(_ seconds: Double) -> String {
    seconds == 0 ? "seconds" : durationText(seconds: seconds)
  }

  /// Whether nothing of a part is left to be made.
  private func isMade(_ part: ReproductionPart) throws -> Bool {
    try glance(at: part)?.isDone ?? true
      && networks(of: part).flatMap(runs).allSatisfy(hasEnded)
      && checks(of: part).allSatisfy(hasEnded)
  }

  /// The trainings of a part that are not `known` yet, and the work of those that have not ended.
  private func work(
    of part: ReproductionPart,
    known: inout (runs: Set<ReproductionRun>, studies: Set<String>)
  ) throws -> (count: Int, work: Double) {
    let new = Set(networks(of: part).flatMap(runs)).subtracting(known.runs)
    known.runs.formUnion(new)
    var trials = 0
    if case .search(let search) = part.kind, !known.studies.contains(studyPath(of: search)) {
      trials = try glance(at: part)?.total ?? 0
    }
    let missing = new.filter { !hasEnded($0) }
    let work = try missing.reduce(workLeft(ofSearch: part, besides: &known.studies)) {
      $0 + (try self.work(of: $1.changes))
    }
    return (new.count + trials, work)
  }

  /// Multiplications a second of one thread, measured on a moment of the default network.
  private func measuredRate() throws -> Double {
    let changes: RecipeChanges = [.stepSize: "100", .cycles: "1"]
    let run = ReproductionRun(changes: changes, seed: 1)
    let plan = try TrainingPlan(recipe(of: run), data: data, memory: [])
    let trainer = try Trainer(
      plan.configuration, data: plan.split, threads: 1, kernels: .ofProcess())
    try trainer.run { _ in }
    return try work(of: changes) / (trainer.trainSeconds + trainer.evaluationSeconds)
  }
}

extension ReproductionProgress {
  /// A line for a terminal.
  ///
  /// - Parameter seconds: Since this kind of work began.
  package func line(after seconds: Double) -> String {
    let parts = ["\(doing): \(countText(ended)) of \(countText(total))", timeLeft(after: seconds)]
    return parts.compactMap(\.self).joined(separator: "  ")
  }

  private func timeLeft(after seconds: Double) -> String? {
    guard made > 0, left > 0 else { return nil }
    return durationText(seconds: seconds * left / made) + " left in all"
  }
}
