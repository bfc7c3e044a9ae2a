import Foundation
import GRDB
import Testing

/// A search on the tiny data whose trials take a moment each.
private let quick = [
  "search", "--data", "tiny", "--hidden", "8", "--validation", "10", "--batch-size", "10",
  "--schedule", "constant", "--epochs", "3", "--over", "lambda=log:1e-5..1e-1", "--trials", "6",
  "--fine-trials", "4",
]

@Suite("strata search")
struct SearchCommandTests {
  @Test("prints a table, and writes the best recipe and the figure beside the study")
  func results() throws {
    let bench = try Workbench()
    let result = try runStrata(quick, in: bench.folder)
    #expect(result.status == 0, "\(result.errors)")
    let lines = result.output.split(separator: "\n")
    #expect(lines.count == 12)
    #expect(lines.first?.hasPrefix("rank  trial  stage") == true)
    #expect(result.errors.contains("fine stage over lambda=log:"))
    let names = try #require(bench.names(in: "studies"))
    try #require(names.count == 2)
    #expect(names[0].hasPrefix("tiny-lambda-") && names[1] == names[0] + ".sqlite")
    #expect(bench.names(in: "studies/\(names[0])") == ["best.yaml", "scatter.svg", "trials.csv"])
  }

  @Test("the best recipe trains to the accuracies of its trial")
  func best() throws {
    let bench = try Workbench()
    let search = try runStrata(
      quick + [
        "--json", "--study", "s.sqlite", "--output", "out", "--jobs", "1", "--precise-statistics",
        "30", "--statistics-decay", "0.99",
      ], in: bench.folder)
    #expect(search.status == 0, "\(search.errors)")
    let best = try #require((search.json()["trials"] as? [[String: Any]])?.first)
    let trained = try bench.run("train", "out/best.yaml", "--json", "--output", "run").json()
    for name in ["validation_accuracy", "test_accuracy", "test_loss"] {
      let (expected, found) = (best[name] as? Double, trained[name] as? Double)
      #expect(expected != nil && expected == found, "\(name)")
    }
    #expect(bench.names(in: ".") == ["out", "run", "s.sqlite", "tiny"])
  }

  @Test("the same command finds everything done; another search of the same study is refused")
  func again() throws {
    let bench = try Workbench()
    let arguments = quick + ["--study", "s.sqlite"]
    let first = try runStrata(arguments, in: bench.folder)
    let again = try runStrata(arguments, in: bench.folder)
    #expect(again.status == 0 && again.output == first.output, "\(again.errors)")
    #expect(!again.errors.contains("trial "))
    for (change, name) in [
      (["--seed", "2"], "seed"), (["--trials", "7"], "trials"), (["--eta", "0.5"], "eta"),
      (["--train", "40"], "train"), (["--fine-over", "lambda=1,2"], "fine-over"),
    ] {
      let other = try runStrata(arguments + change, in: bench.folder)
      #expect(other.status == 64)
      #expect(other.errors.contains("study s.sqlite: expected its original \(name)"))
    }
    let kernel = try runStrata(
      arguments, in: bench.folder, environment: ["STRATA_KERNEL": "plain"])
    #expect(kernel.errors.contains("its original kernel"))
    let search = try runStrata(
      quick + ["--study", "s.sqlite", "--over", "cycles=1,2"], in: bench.folder)
    #expect(search.status == 64)
  }

  @Test("with more trials, a study that has ended goes on until its fine stage")
  func more() throws {
    let bench = try Workbench()
    let coarse = Array(quick.dropLast(4)) + ["--stages", "1", "--study", "s.sqlite"]
    #expect(try runStrata(coarse + ["--trials", "4"], in: bench.folder).status == 0)
    let more = try runStrata(coarse + ["--trials", "6"], in: bench.folder)
    #expect(more.errors.contains("trial 6  coarse") && !more.errors.contains("trial 4  coarse"))
    let both = try runStrata(quick + ["--study", "s.sqlite"], in: bench.folder)
    #expect(both.status == 0 && !both.errors.contains("coarse  lambda"), "\(both.errors)")
    let fewer = try runStrata(
      quick + ["--study", "s.sqlite", "--trials", "5"], in: bench.folder)
    #expect(fewer.status == 64)
    #expect(fewer.errors.contains("study s.sqlite: expected at least its 6 trials"))
  }

  @Test("halving stops trials, which are told apart from finished ones")
  func halving() throws {
    let bench = try Workbench()
    let result = try runStrata(
      quick + ["--epochs", "6", "--halving", "--study", "s.sqlite"], in: bench.folder)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("stopped at step"))
    #expect(result.errors.contains("halving   reduction 3, rungs 2"))
    #expect(result.errors.contains("of 10 trials stopped early, "))
    #expect(try bench.text("s/trials.csv").contains(",stopped,"))
    let other = try runStrata(
      quick + ["--epochs", "6", "--study", "s.sqlite"], in: bench.folder)
    #expect(other.status == 64)
    #expect(other.errors.contains("expected its original halving, reduction 3"))
  }

  @Test("finalists are trained again, and their table comes first")
  func finalists() throws {
    let bench = try Workbench()
    let study = ["--study", "s.sqlite"]
    #expect(try runStrata(quick + study, in: bench.folder).status == 0)
    let final = ["--finalists", "2", "--final-seeds", "3", "--final", "epochs=6"]
    let result = try runStrata(quick + study + final, in: bench.folder)
    #expect(result.status == 0, "\(result.errors)")
    let lines = result.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[0].hasSuffix("seeds  against the best") && lines[4].isEmpty)
    #expect(lines[5].hasPrefix("rank  trial  stage") && lines.count == 4 + 1 + 2 + 16 + 1)
    #expect(result.errors.contains("finalists the best 2, from 3 seeds each, with epochs 6"))
    #expect(result.errors.contains("final stage: the best 2 trials, numbers "))
    #expect(result.errors.contains("trial 16  final") && !result.errors.contains("trial 9  fine"))
    let recipe = try bench.text("s/best.yaml")
    #expect(recipe.contains("mean of 3 seeds\n") && recipe.contains("epochs: 6\nbatch-size"))
    let json = try runStrata(quick + study + final + ["--json"], in: bench.folder).json()
    let first = try #require((json["finalists"] as? [[String: Any]])?.first)
    #expect((first["trials"] as? [Int])?.contains(json["best_trial"] as? Int ?? 0) == true)
    #expect(first["tied_with_best"] is NSNull)
    let less = try runStrata(quick + study, in: bench.folder)
    #expect(less.status == 64 && less.errors.contains("at least its 2 finalists"))
  }

  @Test("a study whose trials were edited ends with code 65 and one sentence")
  func edited() throws {
    let bench = try Workbench()
    let arguments = quick + ["--study", "s.sqlite"]
    #expect(try runStrata(arguments, in: bench.folder).status == 0)
    try DatabaseQueue(path: bench.url("s.sqlite").path).write {
      try $0.execute(sql: "UPDATE trial SET validation_accuracy = 1.5 WHERE number = 3")
    }
    let result = try runStrata(arguments, in: bench.folder)
    #expect(result.status == 65 && result.output.isEmpty)
    #expect(
      result.errors
        == "strata: s.sqlite: expected the file of a study, found a damaged one (trial 3 is invalid); "
        + "give another --study, or restore this one from a copy.\n")
  }

  @Test("a study is a file whatever its name means to SQLite")
  func oddNames() throws {
    let bench = try Workbench()
    for name in [":memory:", "file:a?mode=memory", "s 1.x"] {
      let result = try runStrata(
        quick + ["--study", name, "--output", "out"], in: bench.folder)
      #expect(result.status == 0, "\(result.errors)")
    }
    #expect(bench.names(in: ".") == [":memory:", "file:a?mode=memory", "out", "s 1.x", "tiny"])
  }

  @Test("choices: one stage, no figure, a recipe file as the base")
  func choices() throws {
    let bench = try Workbench()
    try bench.write(
      "data: tiny\nvalidation: 10\nbatch-size: 10\nschedule: constant\nepochs: 2\n",
      to: "base.yaml")
    let result = try bench.run(
      "search", "base.yaml", "--method", "grid", "--over", "hidden=8|8,4|none", "--over",
      "batch-norm=none,after", "--study", "s", "--quiet")
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
    #expect(result.output.split(separator: "\n").count == 2 + 6)
    #expect(bench.names(in: "s-results") == ["best.yaml", "trials.csv"])
  }

  static let bad = [
    BadSettings(says: "over: expected at least one setting to vary"),
    BadSettings("--over", "lamda=1,2", says: "the nearest name is lambda"),
    BadSettings("--over", "lambda=1,2", "--jobs", "0", says: "jobs: expected a whole number"),
    BadSettings("--over", "lambda=1,2", "--threads", "2", says: "give --jobs instead"),
    BadSettings("--over", "lambda=1,2", "--trials", "0", says: "trials: expected"),
    BadSettings("--over", "lambda=1,2", "--stages", "2", says: "stages: expected 1"),
    BadSettings("--over", "lambda=1,2", "--method", "guess", says: "--method"),
    BadSettings("--over", "lambda=1,2", "--eta", "1", says: "eta: expected no value"),
    BadSettings("--over", "eta=1,2", says: "over: expected a setting that the schedule cyclical"),
    BadSettings("--over", "batch-size=61,62", says: "batch-size: expected 1 to 54"),
    BadSettings("--over", "lambda=1,2", "--rungs", "2", says: "rungs: expected no value"),
    BadSettings(
      "--over", "lambda=1,2", "--halving", "--reduction", "1", says: "whole number from 2 to 100"),
    BadSettings(
      "--over", "lambda=1,2", "--halving", "--rungs", "9", says: "rungs: expected a first one"),
    BadSettings("--over", "batch-size=10,60", says: "batch-size: expected 1 to 54"),
    BadSettings(
      "--over", "lambda=1,2", "--final-seeds", "3",
      says: "final-seeds: expected no value in a search without finalists, found 3"),
    BadSettings("--over", "lambda=1,2", "--final", "cycles=3", says: "final: expected no value"),
    BadSettings("--over", "lambda=1,2", "--finalists", "-1", says: "--finalists"),
    BadSettings("--over", "lambda=1,2", "--finalists", "0", "--final-seeds", "2", says: "no value"),
    BadSettings("--over", "lambda=1,2", "--finalists", "21", says: "from 0 to 20, the number of"),
    BadSettings(
      "--over", "lambda=1,2", "--finalists", "2", "--final-seeds", "0", says: "from 1 to 1000"),
    BadSettings(
      "--over", "lambda=1,2", "--finalists", "2", "--final", "cycles", says: "such as step-size"),
    BadSettings(
      "--over", "lambda=1,2", "--finalists", "2", "--final", "cycles=0", says: "cycles: expected"),
    BadSettings(
      "--over", "lambda=1,2", "--finalists", "2", "--final", "cycle=3", says: "name is cycles"),
    BadSettings(
      "--over", "lambda=1,2", "--finalists", "2", "--final", "data=x", says: "give it as --data"),
    BadSettings(
      "--over", "lambda=1,2", "--finalists", "2", "--final", "lambda=3",
      says: "final: expected a setting that the search does not vary, found lambda; leave it out"),
    BadSettings(
      "--over", "lambda=1,2", "--finalists", "2", "--final", "seed=3", says: "other than the seed"),
    BadSettings(
      "--over", "lambda=1,2", "--finalists", "2", "--final", "cycles=3", "--final", "cycles=4",
      says: "final: expected every setting once, found cycles twice"),
    BadSettings(
      "--over", "lambda=1,2", "--finalists", "2", "--final", "eta=0.1",
      says: "final: expected a setting that the schedule cyclical uses, found eta"),
    BadSettings(
      "--over", "lambda=1,2", "--finalists", "2", "--final", "batch-size=60",
      says: "batch-size: expected 1 to 54"),
    BadSettings(
      "--over", "seed=1,2", "--finalists", "2", says: "over: expected no seed in a search with"),
    BadSettings("--over", "lambda=1,2", "--output", "", says: "output: expected a name or a path"),
    BadSettings("--over", "lambda=1,2", "--study", "", says: "study: expected a name or a path"),
    BadSettings("--over", "lambda=1,2", "--validation", "0", says: "validation: expected at least"),
  ]

  @Test("usage that cannot be ends with code 64 and leaves nothing", arguments: bad)
  func rejected(_ bad: BadSettings) throws {
    let bench = try Workbench()
    let fixed = ["search", "--data", "tiny", "--batch-size", "10"]
    let result = try runStrata(fixed + bad.arguments, in: bench.folder)
    #expect(result.status == 64, "\(result.errors)")
    #expect(result.errors.contains(bad.sentence), "\(result.errors)")
    #expect(result.output.isEmpty)
    #expect(bench.names(in: ".") == ["tiny"])
  }

  @Test("what is no study ends with code 65, what cannot be written with 74")
  func badStudies() throws {
    let bench = try Workbench()
    try bench.write("this is no study, and SQLite says so too", to: "text")
    for (study, status) in [("text", 65), ("tiny", 65), ("text/study", 74)] {
      let result = try runStrata(quick + ["--study", study], in: bench.folder)
      #expect(result.status == status, "\(result.errors)")
      #expect(result.errors.hasPrefix("strata: \(study.prefix(4)): expected"), "\(result.errors)")
    }
    let result = try runStrata(quick + ["--study", "s", "--output", "text"], in: bench.folder)
    #expect(result.status == 74 && result.errors.hasPrefix("strata: text: expected a folder"))
  }

  @Test("trials none of which can be compared end with code 1")
  func diverging() throws {
    let bench = try Workbench()
    let result = try bench.run(
      "search", "--data", "tiny", "--batch-size", "10", "--validation", "10", "--over",
      "eta-max=log:1e30..1e35", "--trials", "2", "--study", "s")
    #expect(result.status == 1)
    #expect(result.errors.contains("found none among 2; the first says: training diverged"))
  }
}
