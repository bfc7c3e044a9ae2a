package import Strata

/// The part of a data set that a model is measured on.
package enum SplitName: String, Sendable, CaseIterable {
  /// The training images.
  case train
  /// The validation images.
  case validation
  /// The test images.
  case test
}

/// How good a model file is on a part of a data set.
package struct ModelEvaluation: Sendable {
  /// The model file.
  package let modelPath: String
  /// The part.
  package let split: SplitName
  /// The images.
  package let dataset: Dataset
  /// The result.
  package let evaluation: Evaluation
  /// Whether the data equals the model's training data, by digest; `nil` if its file has none.
  package let isSameData: Bool?
  /// The instruction set that computed.
  package let kernel: String
  /// The numbers that products multiplied.
  package let precision: Precision
  /// Whether those are the numbers that the model was trained with.
  package let isSamePrecision: Bool
  /// The images that measured the statistics; `nil` for the model's own statistics.
  package let statisticsSample: StatisticsSample?

  /// Measures a model file, or the model of a run folder.
  ///
  /// What `asked` leaves open is taken from the recipe inside the model file.
  ///
  /// - Throws: `DataError` when the model or the data cannot be used or do not fit each other, or
  ///   the loss is not finite,
  ///   `ConfigurationError` when the part is empty.
  package init(of path: String, split: SplitName, asked: Recipe) throws {
    modelPath = try Self.modelFile(path)
    self.split = split
    let model = try Model(contentsOfFile: modelPath)
    var recipe = try Recipe(of: model, path: modelPath)
    let isRecorded = asked.data == nil
    recipe.data = asked.data ?? recipe.data
    recipe.dataDirectory = asked.dataDirectory ?? recipe.dataDirectory
    guard recipe.data != nil else {
      throw ConfigurationError(
        setting: "data", expected: "a data set, since \(modelPath) does not name its own",
        found: "none", hint: "name it with --data")
    }
    let data = try RunData(recipe)
    let sample: (StatisticsSample, Dataset)?
    do {
      dataset = try Self.part(split, of: data.pair, recipe: recipe)
      sample = try Self.sample(asked, for: model.network.architecture, of: data.pair, recipe)
    } catch let error as ConfigurationError where !Self.asked.contains(error.setting) {
      throw DataError(
        .malformed, path: modelPath,
        expected: "a recipe in its metadata that fits \(data.reference) "
          + "(\(error.setting): \(error.expected))",
        found: error.found,
        hint: isRecorded ? "the file or the data is damaged" : "choose other data")
    }
    try Self.check(dataset, fits: model, from: data.reference, in: modelPath)
    isSameData = model.dataDigest.isEmpty ? nil : model.dataDigest == data.digest
    statisticsSample = sample?.0
    let kernels = try KernelSet.ofProcess()
    precision = kernels.supports(recipe.precision) ? recipe.precision : .float32
    isSamePrecision = precision == recipe.precision
    kernel = kernels.name
    let evaluator = try Evaluator(
      threads: asked.threads ?? Machine.usableProcessors, kernels: kernels, precision: precision)
    let network = try sample.map {
      try evaluator.network(of: model, measuredOn: $0.0, $0.1, recipe)
    }
    evaluation = try evaluator.evaluate(
      network ?? model.network, standardization: model.standardization, on: dataset,
      lambda: recipe.lambda)
    guard evaluation.metrics.loss.isFinite, evaluation.metrics.cost.isFinite else {
      throw DataError(
        .malformed, path: modelPath, expected: "weights that give finite outputs",
        found: "a loss of \(evaluation.metrics.loss) and a cost of \(evaluation.metrics.cost)",
        hint: "the file is damaged, or its training diverged")
    }
  }

  /// The model of a run folder, or the file itself.
  private static func modelFile(_ path: String) throws -> String {
    guard FileStatus(path: path) == .folder else { return path }
    let files = RunFiles(in: path)
    if files.state == .unfinished { throw files.unfinished }
    return Strata.path(path, RunFolder.modelName)
  }

  /// Errors of the options, not of the model file.
  private static let asked: Set<String> = [
    "split", RecipeKey.preciseStatistics.rawValue, RecipeKey.adaptiveStatistics.rawValue,
  ]

  /// The images to measure the statistics on, and their part.
  private static func sample(
    _ asked: Recipe, for architecture: Architecture, of pair: DatasetPair, _ recipe: Recipe
  ) throws -> (StatisticsSample, Dataset)? {
    let training = asked.preciseStatistics == nil ? nil : try part(.train, of: pair, recipe: recipe)
    let sample = try asked.statisticsSample(
      for: architecture, training: training, test: pair.test)
    return sample.map { ($0, training ?? pair.test) }
  }

  /// Checks that the images are of the kind that the model learned.
  private static func check(
    _ dataset: Dataset, fits model: Model, from reference: String, in modelPath: String
  ) throws {
    guard dataset.features == model.features, dataset.classNames.count == model.classNames.count
    else {
      throw DataError(
        .malformed, path: reference,
        expected: "rows of \(model.features) in \(model.classNames.count) classes, as in "
          + modelPath,
        found: "\(dataset.features) in \(dataset.classNames.count)",
        hint: "choose the data set of the run")
    }
    let pairs = zip(model.classNames, dataset.classNames)
    if let (expected, found) = pairs.first(where: { $0 != $1 }) {
      throw DataError(
        .malformed, path: reference,
        expected: "the classes of \(modelPath), among them \(printableLine(expected))",
        found: printableLine(found) + " in its place", hint: "choose the data set of the run")
    }
  }

  private static func part(
    _ split: SplitName, of pair: DatasetPair, recipe: Recipe
  ) throws -> Dataset {
    if split == .test { return pair.test }
    let parts = try DataSplit(
      pair, train: recipe.train, validation: recipe.resolvedValidation(of: pair))
    if split == .train { return parts.training }
    guard let validation = parts.validation else {
      throw ConfigurationError(
        setting: "split", expected: "train or test, since the run has no validation images",
        found: "validation")
    }
    return validation
  }
}

extension Evaluator {
  /// The model's network with the statistics of a sample.
  fileprivate func network(
    of model: Model, measuredOn sample: StatisticsSample, _ dataset: Dataset, _ recipe: Recipe
  ) throws -> Network {
    model.network.with(
      try statistics(
        of: model.network, standardization: model.standardization, on: dataset,
        count: sample.count, flips: sample.flips, batchSize: recipe.batchSize, seed: recipe.seed))
  }
}

extension Recipe {
  /// The images that are held back: those asked for, else a tenth, at most 5,000.
  func resolvedValidation(of pair: DatasetPair) -> Int {
    validation ?? min(5000, pair.training.count / 10)
  }

  /// The recipe inside a model file; λ is 0 where there is none.
  fileprivate init(of model: Model, path: String) throws {
    self.init()
    training.lambda = 0
    guard !model.configuration.isEmpty else { return }
    do {
      try apply(yaml: model.configuration, name: "its configuration")
    } catch let error as ConfigurationError {
      throw DataError(
        .malformed, path: path, expected: "the recipe of a run in its metadata",
        found: "one that this version rejects: “\(error)”", hint: "give data by name")
    }
  }
}
