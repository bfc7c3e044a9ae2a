import Strata
import StrataLab

// The gradient checks that the sheet asks for.
extension AssignmentDocument {
  private static let placements: [(String, BatchNormalizationPlacement, [Int])] = [
    ("", .none, [2, 3, 4]), (", batch normalization", .before, [2, 3, 4]),
  ]

  private static func check(
    _ depth: Int, _ suffix: String, _ placement: BatchNormalizationPlacement, lambda: Double
  ) -> ReproducedGradient {
    ReproducedGradient("\(depth) layers\(suffix), λ \(lambda == 0 ? "0" : "0.005")") {
      $0.hidden = Array(repeating: 50, count: depth - 1)
      $0.inputs = 10
      $0.lambda = lambda
      $0.batchNormalization = placement
      $0.normalizationEpsilon = 2.2e-16
    }
  }

  static let gradients = ReproductionPart(
    "gradients", "Gradient checks of 2, 3 and 4 layers, first without λ",
    "Every parameter of networks of 50 units a layer on ten inputs, against central differences.",
    .gradients(
      [0, 0.005].flatMap { lambda in
        placements.flatMap { suffix, placement, depths in
          depths.map { check($0, suffix, placement, lambda: lambda) }
        }
      })
  ).drawn(.boxes(["3 layers, batch normalization, λ 0.005"])).noting([
    SettingNote("inputs", "10", at(185, "much reduced dimensional input data ( $d \\approx 10$ )")),
    SettingNote(
      "layers", "2, 3, 4",
      at(185, "You should start with a 2-layer network, then a 3-layer network")),
    SettingNote(
      "units of a layer, batch normalization", "50",
      at(219, "2-layer network (with 50 hidden nodes)")),
    SettingNote(
      "units of a layer, without", "50",
      unreported: "“A small number of nodes”; as with batch normalization."),
    SettingNote("λ at first", "0", at(185, "make your checks initially with `lambda=0`")),
    SettingNote("λ then", "0.005", unreported: "The default of training, lines 189 and 223."),
    SettingNote("rows", "10", unreported: "Line 217 asks for more than one."),
    SettingNote(
      "h, eps of the relative error", "1e-9, 1e-5",
      unreported:
        "A small h truncates little, and the changes of the cost are summed without cancellation; the eps of 2021."
    ),
  ]).claiming(
    [2, 3, 4].map { depth in
      PublishedClaim(
        .gradient, "the discrepancy is greater in earlier layers: \(depth) layers",
        at(
          185,
          "discrepancy between the analytic and the numerical gradients increases for the earlier layers"
        ),
        .gradient(check(depth, "", .none, lambda: 0), .ratio(of: "W1", to: "W\(depth)"), .above(1)))
    }
      + ["b1", "b2"].map { bias in
        PublishedClaim(
          .gradient,
          "biases before batch normalization are superfluous: the gradient of \(bias) is 0",
          at(163, "are superfluous when using batch normalization"),
          .gradient(
            check(3, ", batch normalization", .before, lambda: 0), .largestOfZero(bias),
            .below(1e-6)))
      }
  ).observing(
    [3, 4].map { depth in
      Observation(
        "discrepancy by layer, \(depth) layers with batch normalization",
        .gradient(
          check(depth, ", batch normalization", .before, lambda: 0),
          .ratio(of: "W1", to: "W\(depth)")))
    })
}
