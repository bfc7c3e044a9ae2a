import CLibrary
package import Strata

/// An image that was taken for another class.
package struct Mistake: Sendable, Hashable {
  /// Its place among the test images, counted from 0.
  package let image: Int
  /// Its class.
  package let label: Int
  /// The most probable class.
  package let prediction: Int
  /// p of its class.
  package let labelProbability: Double
  /// p of the most probable class.
  package let predictionProbability: Double

  /// The cross-entropy −log p, in nats; infinite where p is too small for a `Float`.
  package var loss: Double { -log(labelProbability) }
}

/// The predictions of a network on the test images.
package struct TestOutcome: Sendable {
  /// Which classes are taken for which.
  package let confusion: ConfusionMatrix
  /// Every mistake, the one of the highest loss first.
  package let mistakes: [Mistake]

  /// Classifies images.
  ///
  /// - Parameters:
  ///   - model: The network.
  ///   - dataset: Images of the shape and the classes of the model.
  ///   - precision: The numbers that products multiply, where the processor supports them.
  ///   - threads: Threads that share the work; the result does not depend on it.
  /// - Throws: `DataError` when the images do not fit, `ConfigurationError` when `STRATA_KERNEL`
  ///   cannot be used.
  package init(of model: Model, on dataset: Dataset, precision: Precision, threads: Int) throws {
    let kernels = try KernelSet.ofProcess()
    let classifier = try Classifier(
      model, threads: threads, kernels: kernels,
      precision: kernels.supports(precision) ? precision : .float32)
    let classes = model.classNames.count
    var confusion = ConfusionMatrix(classes: classes)
    var mistakes: [Mistake] = []
    for start in stride(from: 0, to: dataset.count, by: Self.blockRows) {
      let rows = start..<min(start + Self.blockRows, dataset.count)
      let probabilities = try classifier.probabilities(of: dataset.rows.subset(rows))
      for (index, row) in rows.enumerated() {
        let outcome = Self.mistake(
          row, label: Int(dataset.labels[row]),
          probabilities[index * classes..<(index + 1) * classes])
        confusion.record(label: outcome.label, prediction: outcome.prediction)
        if outcome.label != outcome.prediction { mistakes.append(outcome) }
      }
    }
    self.confusion = confusion
    self.mistakes = mistakes.sorted {
      ($0.labelProbability, $0.image) < ($1.labelProbability, $1.image)
    }
  }

  /// Rows whose probabilities are held together.
  private static let blockRows = 1000

  private static func mistake(_ row: Int, label: Int, _ probabilities: ArraySlice<Float>) -> Mistake
  {
    let start = probabilities.startIndex
    var best = start
    for index in probabilities.indices where probabilities[index] > probabilities[best] {
      best = index
    }
    return Mistake(
      image: row, label: label, prediction: best - start,
      labelProbability: Double(probabilities[start + label]),
      predictionProbability: Double(probabilities[best]))
  }
}
