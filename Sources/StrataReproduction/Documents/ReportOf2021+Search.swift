import Strata
import StrataLab

// The search for λ and what came of it.
extension ReportOf2021 {
  private static let short = normalized.reported(
    .stepSize, "900",
    at(55, "$n_s = 900$ , the other parameters were kept the same as last section"))

  private static let searchNotes = [
    SettingNote(
      "range of λ, coarse", "1e-5 to 1e-1", at(59, "$l_{min} = -5$  and  $l_{max} = -1$")),
    SettingNote(
      "values, coarse", "20", at(59, "a uniform grid with 20 different values were tested")),
    SettingNote(
      "range of λ, fine", "0.001 to 0.007", at(68, "was set as 0.001-0.007 in the fine search")),
    SettingNote(
      "values, fine", "10", at(68, "a uniform grid with 10 different values were tested")),
  ]

  static let lambda = ReproductionPart(
    "lambda", "Tables 3 and 4: search for λ at random, as the formula says",
    "The formula draws l at random (line 57), the text says a uniform grid; none of the six values "
      + "printed lies on one. Both are made.",
    .search(
      ReproducedSearch(
        base: short, over: ["lambda=log:1e-5..1e-1"], trials: 20,
        fineOver: ["lambda=linear:0.001..0.007"], fineTrials: 10))
  ).noting(
    [SettingNote("values", "at random", at(57, "random(0, 1)"))] + searchNotes
  ).claiming([
    PublishedClaim(
      .search, "highest accuracy of the coarse search", published: "52.30 %", at(62, "52.30%"),
      .search(part: "lambda", .highest(.coarse), .between(0.513, 0.533))),
    PublishedClaim(
      .search, "highest accuracy of the fine search", published: "52.70 %", at(71, "52.70%"),
      .search(part: "lambda", .highest(.fine), .between(0.517, 0.537))),
    PublishedClaim(
      .search, "best λ of the fine search", published: "0.003221", at(71, "0.003221"),
      .search(part: "lambda", .best(.lambda, in: .fine), .near(0.003221))),
    PublishedClaim(
      .search, "best λ of the coarse search", published: "0.001489", at(62, "0.001489"),
      .search(part: "lambda", .best(.lambda, in: .coarse), .near(0.001489))),
    gridClaim(printed: 0.001489),
    gridClaim(printed: 0.001948),
    gridClaim(printed: 0.006807),
    fineGridClaim(printed: 0.003221),
    fineGridClaim(printed: 0.006834),
    fineGridClaim(printed: 0.006144),
  ])

  static let lambdaGrid = ReproductionPart(
    "lambda-grid", "Tables 3 and 4: search for λ on a uniform grid, as the text says",
    "20 values at equal distances of log₁₀ λ, then 10 at equal distances of λ.",
    .search(
      ReproducedSearch(
        base: short, over: ["lambda=log:1e-5..1e-1"], method: .grid, trials: 20,
        fineOver: ["lambda=linear:0.001..0.007"], fineTrials: 10))
  ).noting(searchNotes).claiming([
    PublishedClaim(
      .search, "highest accuracy of the coarse search, on a grid", published: "52.30 %",
      at(62, "52.30%"),
      .search(part: "lambda-grid", .highest(.coarse), .between(0.513, 0.533))),
    PublishedClaim(
      .search, "highest accuracy of the fine search, on a grid", published: "52.70 %",
      at(71, "52.70%"),
      .search(part: "lambda-grid", .highest(.fine), .between(0.517, 0.537))),
  ])

  /// Whether a value of the fine search lies on its grid of 10 points.
  private static func fineGridClaim(printed lambda: Double) -> PublishedClaim {
    let place = (lambda - 0.001) / (0.006 / 9)
    return PublishedClaim(
      .arithmetic, "λ \(lambda) lies on a uniform grid of 10 values from 0.001 to 0.007",
      published: "\(lambda)", at(68, "a uniform grid with 10 different values were tested"),
      .arithmetic(
        abs(place - place.rounded()), of: "distance from the nearest point, in spacings",
        .below(0.01)), reason: "the formula of line 57 draws at random")
  }

  /// Whether a value of the coarse search lies on its grid of 20 points.
  private static func gridClaim(printed lambda: Double) -> PublishedClaim {
    let spacing = 4.0 / 19
    let place = (SearchScale.log.coordinate(of: lambda) + 5) / spacing
    return PublishedClaim(
      .arithmetic, "λ \(lambda) lies on a uniform grid of 20 values of log₁₀ λ from −5 to −1",
      published: "\(lambda)", at(59, "a uniform grid with 20 different values were tested"),
      .arithmetic(
        abs(place - place.rounded()), of: "distance from the nearest point, in spacings",
        .below(0.01)), reason: "the formula of line 57 draws at random")
  }

  // MARK: The values found

  private static let coarse: [(String, Double, Int)] = [
    ("0.001489", 52.30, 62), ("0.001948", 52.22, 63), ("0.006807", 52.18, 64),
  ]
  private static let fine: [(String, Double, Int)] = [
    ("0.003221", 52.70, 71), ("0.006834", 52.68, 72), ("0.006144", 52.54, 73),
  ]

  static let lambdaValues = ReproductionPart(
    "lambda-values", "Tables 3 and 4: the six values of λ by themselves",
    "Each from several seeds, as in the search. The best of many trials are a little too good for typical "
      + "runs.",
    .runs(
      [(coarse, 20), (fine, 10)].flatMap { values, trials in
        values.map { lambda, accuracy, line in
          let printed = at(line, fixedText(accuracy, decimals: 2) + "%")
          return ReproducedRow(
            "λ \(lambda)",
            SheetSettings.endOnly(short.reported(.lambda, lambda, at(line, lambda))),
            .best(accuracy, of: trials, printed))
        }
      }, questions: [])
  ).drawn(.dots)

  private static let three = ReproducedRow(
    "3 layers, λ 0.003221, three cycles", threeCycles, .test(54.00, at(77, "54.00% after 3 cycles"))
  )

  private static let threeCycles =
    normalized
    .reported(.lambda, "0.003221", at(77, "lambda = 0.003221"))
    .reported(.stepSize, "2250", at(77, "$n_s = 2250$"))
    .reported(.cycles, "3", at(77, "after 3 cycles of training"))

  static let final = ReproductionPart(
    "final", "Three cycles with the best λ: 3 and 9 layers",
    "The other settings are kept.",
    .runs(
      [
        three,
        ReproducedRow(
          "9 layers, λ 0.003221, three cycles",
          threeCycles.reported(
            .hidden, SheetSettings.nineLayers,
            at(49, "9-layer network with hidden nodes [50, 30, 20, 20, 10, 10, 10, 10]")),
          .test(52.63, at(77, "52.63% for 9-layer network"))),
      ], questions: [])
  ).drawn(
    .curves([
      CurveColumn("3 layers", [.normalized: "3 layers, λ 0.003221, three cycles"]),
      CurveColumn("9 layers", [.normalized: "9 layers, λ 0.003221, three cycles"]),
    ]))
}
