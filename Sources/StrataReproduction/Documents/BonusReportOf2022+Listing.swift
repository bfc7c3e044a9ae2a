import Strata
import StrataLab

// Listing 4: the gradients of normalization after the ReLU.
extension BonusReportOf2022 {
  private static let check = ReproducedGradient("3 layers, normalization after the ReLU") {
    $0.batchNormalization = .after
    $0.inputs = 10
    $0.step = 1e-5
    $0.normalizationEpsilon = 2.2e-16
  }

  /// The numbers of a parameter in the listing, as they are printed, and the first of their two lines.
  private struct Entry {
    let tensor: String
    let line: Int
    let mean: String
    let deviation: String
    let meanDifference: String
    let differenceDeviation: String
    let largestDifference: String
  }

  private static let listing = [
    Entry(
      tensor: "W1", line: 41, mean: "0.03795370009733081", deviation: "0.08359284144364894",
      meanDifference: "-1.0061633095182626e-07", differenceDeviation: "3.6250118914596754e-07",
      largestDifference: "1.2624478623601831e-07"),
    Entry(
      tensor: "b1", line: 43, mean: "-0.02178190783396793", deviation: "0.0515975068749352",
      meanDifference: "-5.328076545588201e-09", differenceDeviation: "6.157184468716802e-09",
      largestDifference: "2.779680943754137e-09"),
    Entry(
      tensor: "γ1", line: 45, mean: "-0.00528649954768781", deviation: "0.5476752011626725",
      meanDifference: "-3.4412626946506155e-07", differenceDeviation: "4.894571212071012e-07",
      largestDifference: "2.8748783070797757e-07"),
    Entry(
      tensor: "β1", line: 47, mean: "-0.03594082393816264", deviation: "0.2854065908190191",
      meanDifference: "-2.6687645473893965e-07", differenceDeviation: "1.0941742705260775e-07",
      largestDifference: "-9.762020187764348e-08"),
    Entry(
      tensor: "W2", line: 51, mean: "-0.003579468648332461", deviation: "0.21693702397373868",
      meanDifference: "-2.6451992938825165e-08", differenceDeviation: "1.165612816123496e-07",
      largestDifference: "1.1426778612211308e-07"),
    Entry(
      tensor: "b2", line: 53, mean: "0.026380109614135776", deviation: "0.10879234708783916",
      meanDifference: "-1.2929260931326958e-08", differenceDeviation: "1.5967298761064426e-08",
      largestDifference: "6.722608969500499e-09"),
    Entry(
      tensor: "γ2", line: 55, mean: "1.398829512805015", deviation: "0.6245202556368488",
      meanDifference: "4.780568123807782e-07", differenceDeviation: "1.0918580578981339e-07",
      largestDifference: "6.228875752967156e-07"),
    Entry(
      tensor: "β2", line: 57, mean: "0.07111945234878532", deviation: "0.5536566704920242",
      meanDifference: "5.883523039040828e-07", differenceDeviation: "1.2616057247957168e-07",
      largestDifference: "7.261606881359128e-07"),
    Entry(
      tensor: "W3", line: 61, mean: "0.002777392946722759", deviation: "0.16058358636772774",
      meanDifference: "3.5793607620869525e-08", differenceDeviation: "2.1912387635505304e-08",
      largestDifference: "9.99622090658292e-08"),
    Entry(
      tensor: "b3", line: 63, mean: "-5.551115123125783e-18", deviation: "0.12153292304128933",
      meanDifference: "2.6112445544127644e-08", differenceDeviation: "1.4198992513904881e-08",
      largestDifference: "4.0622780181354123e-08"),
  ]

  static let gradients = ReproductionPart(
    "gradients", "Listing 4: gradient check of normalization after the ReLU",
    "Mean and deviation of the gradient of each parameter, and of its difference from the numerical one.",
    .gradients([check])
  ).noting([
    SettingNote("layers", "3", at(60, "13 layer 2:")),
    SettingNote(
      "widths, rows, inputs, h", "50 and 50, 10, 10, 1e-5",
      unreported:
        "“The same procedure” of another document; those of the sheet and of the report of 2021."),
    SettingNote(
      "λ, initialization, b, γ, β", "0.005, He, drawn around 0, 1, 0",
      unreported: "Not said; those of the other checks."),
  ]).claiming(
    [
      PublishedClaim(
        .gradient, "the gradients are computed correctly",
        at(37, "the model correctly computes the gradients"),
        .gradient(check, .maximum, .below(1e-6)))
    ] + listing.flatMap(claims))

  /// Means and deviations of the gradient are those of other weights and rows, so that they can but be of
  /// one order; errors are to be no larger.
  private static func claims(of entry: Entry) -> [PublishedClaim] {
    let deviation = Double(entry.deviation) ?? .nan
    func claim(
      _ name: String, _ printed: String, _ line: Int, _ statistic: GradientStatistic
    ) -> PublishedClaim {
      let number = Double(printed) ?? .nan
      return PublishedClaim(
        .gradient, "\(name) of \(entry.tensor): no larger", published: significantText(number),
        at(line, printed), .gradient(check, statistic, .below(abs(number))))
    }
    return [
      PublishedClaim(
        .gradient, "mean of the gradient of \(entry.tensor): of the same order",
        published: significantText(Double(entry.mean) ?? .nan), at(entry.line, entry.mean),
        .gradient(check, .average(of: entry.tensor), .between(-10 * deviation, 10 * deviation)),
        reason: "other weights and rows"),
      PublishedClaim(
        .gradient, "std of the gradient of \(entry.tensor): of the same order",
        published: significantText(deviation), at(entry.line, entry.deviation),
        .gradient(
          check, .standardDeviation(of: entry.tensor), .between(deviation / 10, 10 * deviation)),
        reason: "other weights and rows"),
      claim(
        "mean_diff", entry.meanDifference, entry.line, .meanDifference(of: entry.tensor)),
      claim(
        "std_diff", entry.differenceDeviation, entry.line + 1,
        .differenceDeviation(of: entry.tensor)),
      claim(
        "max_diff", entry.largestDifference, entry.line + 1,
        .largestDifference(of: entry.tensor)),
    ]
  }
}
