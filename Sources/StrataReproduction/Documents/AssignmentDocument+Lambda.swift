import Strata
import StrataLab

// The search for λ.
extension AssignmentDocument {
  static let lambda = ReproductionPart(
    "lambda", "Search for λ, then three cycles",
    "log₁₀ λ is drawn at random, then around the best; five finalists have three cycles.",
    .search(
      ReproducedSearch(
        base: normalized,
        over: ["lambda=log:1e-5..1e-1"], trials: 20, fineTrials: 10,
        final: normalized.reported(.cycles, "3", at(223, "train a network for 3 cycles")),
        finalists: 5,
        improvement: "λ from a search"))
  ).noting([
    SettingNote(
      "range of λ", "1e-5 to 1e-1",
      unreported:
        "The sheet asks which range was searched (line 246); that of the reports of 2019 and 2021."),
    SettingNote(
      "trials, coarse and fine", "20, 10",
      unreported: "Those of the report of 2021, lines 59 and 68."),
    SettingNote(
      "search", "coarse, then fine", at(223, "coarse-to-fine search to find a good value")),
    SettingNote(
      "finalists", "the best 5, from as many seeds as the networks",
      unreported:
        "One short run of one seed ranks noise; the finalists have the length of the final run."),
  ])
}
