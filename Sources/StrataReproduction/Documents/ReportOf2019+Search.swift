import Strata
import StrataLab

// The search for λ and what it found.
extension ReportOf2019 {
  static let searched = SheetSettings.endOnly(
    settings.and(rates)
      .reported(.hidden, "50", at(91, "m = 50"))
      .reported(.train, "45000", at(91, "training - dataset - size = 45000"))
      .reported(.batchSize, "100", at(91, "batch_{size} = 100"))
      .reported(.cycles, "2", at(91, "no_{cycles} = 2"))
      .reported(.stepSize, "900", at(91, "n_s = 900"))
      .unreported(.validation, "5000", "What is left of the 50,000 images."))

  static let lambda = ReproductionPart(
    "lambda", "Tables 1 and 2: coarse and fine random search for λ",
    "20 values at random, then 20 between the third and the fourth best of the report.",
    .search(
      ReproducedSearch(
        base: searched, over: ["lambda=log:1e-5..1e-1"], trials: 20,
        fineOver: ["lambda=log:4.89e-5..4.074e-3"], fineTrials: 20))
  ).noting([
    SettingNote("range of λ, coarse", "1e-5 to 1e-1", at(87, "l_{min} = -5, l_{max} = -1")),
    SettingNote("values, coarse", "20, at random", at(85, "using 20 different values for")),
    SettingNote(
      "range of λ, fine", "4.89e-5 to 4.074e-3", at(108, "from run 3 was used as the new")),
    SettingNote("values, fine", "20", at(116, "using 20 sampled")),
    SettingNote(
      "accuracy of tables 1 and 2", "validation, though their heads say test",
      at(95, "The validation accuracies achieved during the final epoch")),
  ]).claiming(
    [
      PublishedClaim(
        .search, "lowest accuracy of the coarse search", published: "43.76 %",
        at(95, "43.76% – 52.58%"),
        .search(part: "lambda", .lowest(.coarse), .between(0.4076, 0.4676)),
        reason: "it depends on the greatest λ that was drawn"),
      PublishedClaim(
        .search, "highest accuracy of the coarse search", published: "52.58 %",
        at(95, "43.76% – 52.58%"),
        .search(part: "lambda", .highest(.coarse), .between(0.5158, 0.5358))),
      PublishedClaim(
        .search, "lowest accuracy of the fine search", published: "51.4 %",
        at(118, "51.4% – 52.54%"),
        .search(part: "lambda", .lowest(.fine), .between(0.504, 0.524))),
      PublishedClaim(
        .search, "highest accuracy of the fine search", published: "52.54 %",
        at(118, "51.4% – 52.54%"),
        .search(part: "lambda", .highest(.fine), .between(0.5154, 0.5354))),
      PublishedClaim(
        .search, "the fine search's highest accuracy is slightly lower",
        published: "52.58 and 52.54",
        at(118, "the highest accuracy was slightly lower"),
        .search(part: "lambda", .highestGain, .between(-0.01, 0))),
      PublishedClaim(
        .search, "the fine search's accuracies vary notably less",
        at(118, "the variance was notably lower"),
        .search(part: "lambda", .varianceRatio, .below(0.5))),
      PublishedClaim(
        .search, "the fine search's mean accuracy is higher", at(118, "and the mean higher"),
        .search(part: "lambda", .meanGain, .above(0))),
      PublishedClaim(
        .search, "best λ", published: "0.000649", at(123, "0.000649"),
        .search(part: "lambda", .best(.lambda, in: .fine), .near(0.000649))),
      PublishedClaim(
        .arithmetic, "n_s is two epochs of 45,000 images", published: "900", at(93, "= 900$"),
        .arithmetic(2 * 45_000 / 100, of: "2 · 45,000 / 100", .between(900, 900))),
      PublishedClaim(
        .arithmetic, "two cycles with n_s 900 are 8 epochs", published: "8", at(91, "epoch = 8"),
        .arithmetic(2 * 2 * 900 / 450.0, of: "epochs of 450 batches", .between(8, 8))),
      PublishedClaim(
        .arithmetic, "the fine search's l_min is below its l_max", published: "-2.39 and -4.31",
        at(114, "l_{min} = -2.389996346, l_{max} = -4.31086003"),
        .arithmetic(-4.31086003 + 2.389996346, of: "l_max − l_min", .above(0)),
        reason: "the two are swapped, which a random draw between them does not mind"),
    ] + exponents.map(exponentClaim))

  /// λ and l of table 1, as they are printed.
  private static let exponents: [(lambda: String, exponent: String, decimals: Int, line: Int)] = [
    ("0.002179", "-2.661644379", 6, 102), ("0.00202", "-2.694655098", 6, 103),
    ("4.89e-05", "-4.31086003", 7, 104), ("0.004074", "-2.389996346", 6, 105),
    ("0.00029", "-3.537818377", 6, 106),
  ]

  /// Whether l is the logarithm of λ: as near as half a unit of the last digit of λ leaves open.
  private static func exponentClaim(
    _ row: (lambda: String, exponent: String, decimals: Int, line: Int)
  ) -> PublishedClaim {
    let value = Double(row.lambda) ?? .nan
    let exponent = Double(row.exponent) ?? .nan
    let logarithm = SearchScale.log.coordinate
    let half = 0.5 * (0..<row.decimals).reduce(1.0) { unit, _ in unit / 10 }
    return PublishedClaim(
      .arithmetic, "l of λ \(row.lambda) is its logarithm", published: row.exponent,
      at(row.line, row.exponent),
      .arithmetic(
        abs(logarithm(value) - exponent),
        of: "|log₁₀ λ − l|, which the printed digits of λ leave open",
        .below(logarithm(value + half) - logarithm(value))))
  }

  private static let found: [(lambda: String, accuracy: Double, line: Int)] = [
    ("0.002179", 52.58, 102), ("0.00202", 52.40, 103), ("4.89e-05", 52.24, 104),
    ("0.004074", 52.06, 105), ("0.00029", 52.04, 106), ("0.000649", 52.54, 123),
    ("0.001479", 52.42, 124), ("0.000701", 52.28, 125),
  ]

  static let lambdaValues = ReproductionPart(
    "lambda-values", "Tables 1 and 2: the eight values of λ by themselves",
    "Each from several seeds. The best of 20 trials are a little too good for typical runs.",
    .runs(
      found.map { lambda, accuracy, line in
        ReproducedRow(
          "λ \(lambda)", searched.reported(.lambda, lambda, at(line, lambda)),
          .best(accuracy, of: 20, at(line, fixedText(accuracy, decimals: 2) + " %")))
      }, questions: [])
  ).drawn(.dots)
}
