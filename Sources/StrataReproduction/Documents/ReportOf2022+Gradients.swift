import Strata
import StrataLab

// Gradient checks on images.
extension ReportOf2022 {
  private static func check(
    _ depth: Int, lambda: Double = 0, _ placement: BatchNormalizationPlacement = .before
  ) -> ReproducedGradient {
    let suffix = placement == .none ? " without batch normalization" : ""
    let label = "\(depth) layers\(suffix), λ \(lambda == 0 ? "0" : "0.005")"
    return ReproducedGradient(label, usesImages: true) {
      $0.hidden = Array(repeating: 50, count: depth - 1)
      $0.inputs = 100
      $0.samples = 20
      $0.lambda = lambda
      $0.step = 1e-5
      $0.batchNormalization = placement
      $0.normalizationEpsilon = 2.2e-16
    }
  }

  private static func largest(_ depth: Int, _ value: Double, _ printed: String, _ line: Int)
    -> PublishedClaim
  {
    PublishedClaim(
      .gradient, "\(depth) layers, λ 0: the largest relative error is no larger",
      published: printed,
      at(line, printed), .gradient(check(depth), .maximum, .below(value)))
  }

  static let gradients = ReproductionPart(
    "gradients", "Gradient checks on a batch of the data set",
    "The largest relative error of all parameters, first without λ.",
    .gradients([
      check(2), check(3), check(2, lambda: 0.005), check(3, lambda: 0.005), check(2, .none),
      check(3, .none),
    ])
  ).noting([
    SettingNote("rows", "images", at(17, "on a batch from the dataset used")),
    SettingNote(
      "size of the batch", "20 images, 100 numbers each",
      unreported: "Small enough to check every parameter."),
    SettingNote("λ at first", "0", at(19, "$\\lambda = 0$")),
    SettingNote(
      "λ then", "0.005", unreported: "“Not null” (line 25); the default of training, line 33."),
    SettingNote("units of a layer", "50", at(21, "2 layers (50 hidden nodes)")),
    SettingNote(
      "h, eps of the relative error", "1e-5, 1e-5", unreported: "Those of the report of 2021."),
    SettingNote(
      "batch normalization", "before the ReLU, and none",
      unreported: "The report does not say which network it checked; both are."),
  ]).claiming([
    largest(2, 8.37e-7, "8.37e-7", 21), largest(3, 9.6e-7, "9.6e-7", 22),
    PublishedClaim(
      .gradient, "2 layers: with λ the errors are of the same order",
      at(25, "the same orders of magnitude is obtained"),
      .gradientRatio(check(2, lambda: 0.005), .maximum, to: check(2), .between(0.1, 10))),
    PublishedClaim(
      .gradient, "3 layers: with λ the errors are of the same order",
      at(25, "the same orders of magnitude is obtained"),
      .gradientRatio(check(3, lambda: 0.005), .maximum, to: check(3), .between(0.1, 10))),
  ])
}
