import Strata
import StrataLab

// The bonus ideas of exercise 4.
extension AssignmentDocument {
  private static let byUs = "The sheet names no value."
  private static let baseline = ReproducedRow("baseline", normalized)

  /// Rows that differ from a baseline in one idea, and whether each is better.
  private static func ideas(
    _ baseline: ReproducedRow, _ ideas: [(label: String, settings: SourcedSettings)]
  ) -> ReproductionPart.Kind {
    .runs(
      [baseline] + ideas.map { ReproducedRow($0.label, $0.settings) },
      questions: ideas.map {
        PairedQuestion(
          "Is it better than \(baseline.label):", $0.label, row: $0.label, baseline: baseline.label,
          improvement: $0.label)
      })
  }

  private static let after = ReproducedRow(
    "normalization after the ReLU",
    SheetSettings.endOnly(
      normalized.reported(
        .batchNormalization, "after",
        at(259, "after the non-linear activation function has been applied"))))

  static let variants = ReproductionPart(
    "variants", "The bonus ideas against one baseline",
    "Each network differs from the 3-layer one with batch normalization in one thing.",
    ideas(
      baseline,
      [
        (after.label, after.settings),
        (
          "precise statistics of 10,000 images",
          SheetSettings.endOnly(
            normalized.unreported(.preciseStatistics, "10000", "An idea of the bonus report."))
        ),
        (
          "Adam, η_max 1e-3",
          SheetSettings.endOnly(
            normalized.unreported(.optimizer, "adam", "An idea of the bonus report.")
              .unreported(.etaMaximum, "1e-3", byUs))
        ),
        (
          "200 units in each layer",
          SheetSettings.endOnly(normalized.unreported(.hidden, "200,200", byUs))
        ),
      ])
  ).drawn(.gains).claiming([
    PublishedClaim(
      .difference, "normalization after the non-linearity performs better",
      at(259, "you get better performance by the final network if you apply batch normalization"),
      .difference(.testAccuracy, of: after, from: baseline, .above(0)))
  ]).noting([
    SettingNote(
      "ideas", "your own, too", at(263, "think of your own or some combination of the two"))
  ])

  // MARK: Dropout

  /// A network of one wide layer at a rate of dropout.
  private static func wide(_ units: String, _ rate: String) -> ReproducedRow {
    let settings = SheetSettings.endOnly(
      normalized.unreported(.hidden, units, "“A high number of hidden nodes” without a number.")
        .unreported(.stepSize, "900", "A wide network takes long; the sheet's shorter run."))
    return rate == "0"
      ? ReproducedRow("\(units) units", settings)
      : ReproducedRow("\(units) units, dropout \(rate)", settings.unreported(.dropout, rate, byUs))
  }

  /// The rates of each width, the one that is compared with first.
  private static let rates = [("500", ["0", "0.1", "0.3", "0.5"]), ("1000", ["0", "0.3"])]

  static let dropout = ReproductionPart(
    "dropout", "Dropout where there are many units",
    "One hidden layer of 500 or 1,000 units with batch normalization at several rates, n_s 900.",
    .runs(
      rates.flatMap { units, rates in rates.map { wide(units, $0) } },
      questions: rates.flatMap { units, rates in
        rates.dropFirst().map { rate in
          PairedQuestion(
            "Is it better than no dropout:", "\(units) units, dropout \(rate)",
            row: wide(units, rate).label, baseline: wide(units, "0").label,
            improvement: "dropout \(rate) with \(units) units")
        }
      })
  ).drawn(
    .sweep(
      SweepDrawing(
        axis: "rate of dropout", isLogarithmic: false,
        points: rates.flatMap { units, rates in
          rates.map {
            SweepDrawing.Point(
              label: wide(units, $0).label, role: units == "500" ? .normalized : .other,
              value: Double($0) ?? 0)
          }
        }, names: [.normalized: "500 units", .other: "1,000 units"]))
  ).noting([
    SettingNote(
      "idea", "dropout",
      at(260, "Apply dropout to your training if you have a high number of hidden nodes"))
  ])

  // MARK: Augmentation

  private static let changes = [
    ("geometric: mirrored", "flip"), ("geometric: shifted by 2", "shift:2"),
    ("geometric: rotated by 10°", "rotate:10"),
    ("geometric: all three", "flip,shift:2,rotate:10"),
    ("photometric: brightness 0.2", "brightness:0.2"),
    ("photometric: contrast 0.2", "contrast:0.2"),
    ("photometric: both", "brightness:0.2,contrast:0.2"),
    ("geometric and photometric together", "flip,shift:2,rotate:10,brightness:0.2,contrast:0.2"),
  ]

  static let augmentation = ReproductionPart(
    "augmentation", "Geometric and photometric jitter, alone and together",
    "Each training image is changed anew in each epoch.",
    ideas(
      baseline,
      changes.map { ($0.0, SheetSettings.endOnly(normalized.unreported(.augment, $0.1, byUs))) })
  ).drawn(.gains).noting([
    SettingNote("idea", "jitter", at(261, "small random geometric and photometric jitter"))
  ])

  // MARK: Searches

  private static let short = SheetSettings.short(normalized)

  static let randomSearch = ReproductionPart(
    "random-search", "A more exhaustive random search for λ and η_max",
    "Both are drawn at random; three finalists have the length of the default run.",
    .search(
      ReproducedSearch(
        base: short, over: ["lambda=log:1e-5..1e-1", "eta-max=log:1e-2..1e0"], trials: 40,
        fineTrials: 10, final: normalized, improvement: "λ and η_max from a random search"))
  ).noting([
    SettingNote("idea", "random search", at(257, "Do a more exhaustive random search"))
  ])

  static let jointSearch = ReproductionPart(
    "joint-search",
    "A search over width, depth, normalization, λ, η_max, dropout and augmentation at once",
    "All are drawn at random; three finalists have the length of the default run.",
    .search(
      ReproducedSearch(
        base: short,
        over: [
          "hidden=100|200|50,50|100,100|200,200|100,100,100|100,50,50,50",
          "batch-norm=before,after", "lambda=log:1e-5..1e-2",
          "eta-max=log:3e-2..3e-1", "dropout=0.0|0.1|0.2", "augment=none|flip|flip,shift:2",
        ], trials: 18, fineTrials: 8, final: normalized,
        improvement: "seven settings from a joint search"))
  ).noting([
    SettingNote(
      "idea", "architecture", at(258, "more thorough search to find a good network architecture"))
  ])
}
