import Strata
import StrataLab

// The appendix: what has to be typed to make the networks of the items again.
extension HandedInReport {
  /// The commands of the items, each network once.
  func commands() -> [Report.Block] {
    let seeds = source.reproduction.seeds
    let networks = Self.networkParts.compactMap(experiment).flatMap(\.found.results)
    let trainings = networks.map { results in
      "\(results.row.changes.command(data: source.data)) --seed N"
    }
    var seen: Set<String> = []
    let lines = checkCommands + trainings + searchCommands + experimentCommands
    let numbers = seeds == 1 ? "N = 1" : "N = 1 to \(seeds)"
    return [
      .paragraph(
        "A gradient check (the others change --hidden, --lambda and --batch-norm), the networks of "
          + "items ii, iii and v (\(numbers)), the searches, the other experiments, "
          + "and all of it:"),
      .commands((lines + [source.command]).filter { seen.insert($0).inserted }),
    ]
  }

  /// The experiments each of whose networks has a command.
  private static let networkParts = ["depth", "sensitivity"]

  /// The last check, from the first seed.
  private var checkCommands: [String] {
    guard case .gradients(let checks)? = experiment("gradients")?.found else { return [] }
    return ReproductionReport.grouped(checks).suffix(1).map {
      $0[0].gradient.command(data: source.data)
    }
  }

  /// The searches of the assignment.
  private var searchCommands: [String] {
    source.experiments.filter { $0.document.name == Self.document }.compactMap { experiment in
      guard case .search(let search) = experiment.part.kind else { return nil }
      return search.command(data: source.data, seeds: source.reproduction.seeds)
    }
  }

  /// The assignment's other experiments that train networks of their own, one command each.
  private var experimentCommands: [String] {
    let data =
      source.data == NamedDataset.cifar10.rawValue ? "" : " --data \(shellWord(source.data))"
    return source.experiments.filter { $0.document.name == Self.document }.compactMap {
      guard case .runs = $0.part.kind, !Self.networkParts.contains($0.part.name) else { return nil }
      return "strata reproduce \(Self.document)/\($0.part.name)\(data) "
        + "--seeds \(source.reproduction.seeds)"
    }
  }
}
