import Strata
import StrataLab

/// KTH DD2424, assignment 3.
enum AssignmentDocument {
  static let document = ReproductionDocument(
    .assignment, title: "Assignment 3 of KTH DD2424: k layers with batch normalization",
    parts: [
      gradients, depth, lambda, sensitivity, epsilon, statisticsDecay, deeper, learningRates,
      shuffling, variants,
      dropout, augmentation, randomSearch, jointSearch,
      .choices("the assignment", choices),
    ])

  static let plain = SheetSettings.plain
  static let normalized = SheetSettings.normalized
  static func at(_ line: Int, _ words: String) -> Citation { SheetSettings.at(line, words) }

  private static let choices = [
    VariedSetting("3 layers", plain, or: [.initialization: "xavier"]),
    VariedSetting(
      "6 layers, batch normalization", sixNormalized, or: [.hidden: "50,30,20,20,10"]),
    VariedSetting("6 layers", sixPlain, or: [.hidden: "50,30,20,20,10"]),
    VariedSetting(
      "σ 1e-4, batch normalization",
      normalized.reported(.initialization, "1e-4", at(233, "and `1e-4` respectively")),
      or: [.statisticsDecay: "0.5"]),
  ]
}
