import Strata
import StrataLab

/// What the sheet of the assignment says of networks and training; the reports follow it where they say
/// nothing else.
enum SheetSettings {
  /// What every network of every document shares.
  static let descent = SourcedSettings()
    .reported(.optimizer, "sgd", at(10, "mini-batch gradient descent"))
    .reported(.schedule, "cyclical", at(10, "cyclical learning rates"))

  /// The order of the images in a report, none of which says a word of it.
  static func inNewOrder(_ settings: SourcedSettings) -> SourcedSettings {
    settings.unreported(
      .shuffle, "true",
      "The sheet's author draws a new order each epoch (line 189); the report does not say.")
  }

  /// The 3-layer network without batch normalization, exercise 2.
  static let plain =
    descent
    .reported(
      .shuffle, "true", at(189, "randomly shuffle the order of the training data after each epoch")
    )
    .reported(.hidden, "50,50", at(189, "50 and 50 nodes in the first and second hidden layer"))
    .reported(.batchNormalization, "none", at(244, "with and without batch normalization"))
    .reported(.batchSize, "100", at(189, "`n_batch=100`"))
    .reported(.etaMinimum, "1e-5", at(189, "`eta_min = 1e-5`"))
    .reported(.etaMaximum, "1e-1", at(189, "`eta_max = 1e-1`"))
    .reported(.lambda, "0.005", at(189, "`lambda=.005`"))
    .reported(.cycles, "2", at(189, "two cycles of training"))
    .reported(.stepSize, "2250", at(189, "`n_s = 5 * 45,000 / n_batch`"))
    .unreported(
      .initialization, "he", "Line 189 of the sheet leaves Xavier or He; He, as in its exercise 3."
    )
    .reported(.train, "45000", at(189, "`n_s = 5 * 45,000 / n_batch`"))
    .unreported(
      .validation, "5000",
      "The sheet says how many images are learned from; the others of the 50,000.")

  /// Batch normalization as the sheet defines it.
  static let normalization = SourcedSettings()
    .reported(
      .batchNormalization, "before",
      at(77, "we can now normalize the scores for the mini-batch and subsequently apply ReLu")
    )
    .reported(
      .normalizationEpsilon, "2.2e-16",
      at(61, "of the order of magnitude of `Matlab's eps` constant")
    )
    .unreported(
      .statisticsDecay, "0.7",
      "Line 175 of the sheet asks for a smaller α than .9 and names none; the report of 2021 takes .7."
    )

  /// The 3-layer network with batch normalization, exercise 3.
  static let normalized =
    plain.and(normalization)
    .reported(.hidden, "50,50", at(223, "50 and 50 nodes in the first and second hidden layers"))
    .reported(.initialization, "he", at(223, "with He initialization"))
    .reported(.train, "45000", at(223, "when using 45,000 training examples"))
    .reported(.etaMinimum, "1e-5", at(223, "`eta_min = 1e-5`"))
    .reported(.etaMaximum, "1e-1", at(223, "`eta_max = 1e-1`"))
    .reported(.lambda, "0.005", at(223, "`lambda=.005`"))
    .reported(.cycles, "2", at(223, "two cycles of training"))
    .reported(.stepSize, "2250", at(223, "`n_s = 5 * 45,000 / n_batch`"))
    .reported(
      .shuffle, "true", at(223, "shuffle the order of your training samples after each epoch"))

  /// The widths of the 9-layer network.
  static let nineLayers = "50,30,20,20,10,10,10,10"

  /// The same widths where batch normalization is not meant, or meant.
  static func nine(_ settings: SourcedSettings) -> SourcedSettings {
    let line = settings[.batchNormalization] == "none" ? 189 : 225
    return settings.reported(
      .hidden, nineLayers, at(line, "9-layer network whose number of nodes at the hidden layers"))
  }

  /// A shorter run than the sheet's, for searches and other comparisons of many networks.
  static func short(_ settings: SourcedSettings) -> SourcedSettings {
    settings.unreported(
      .stepSize, "900",
      "The sheet names no length here; that of the reports of 2019 (line 91) and 2021 (line 55).")
  }

  /// Without evaluations on the way, where only the end counts.
  static func endOnly(_ settings: SourcedSettings) -> SourcedSettings {
    settings.unreported(.evaluateEvery, "1000000", "Only the end counts.")
  }

  static func at(_ line: Int, _ words: String) -> Citation {
    SourceDocument.assignment.line(line, words)
  }
}
