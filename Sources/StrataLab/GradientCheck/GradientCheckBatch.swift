internal import Strata

/// The rows that a gradient check is made on.
package struct GradientCheckBatch: Sendable {
  /// What the rows are, for example `random` or `cifar10`.
  package let name: String
  /// Numbers per row, d.
  package let inputCount: Int
  /// Classes, K.
  package let classes: Int
  /// One row after another, shape [n, d], standardized.
  package let inputs: [Float]
  /// A label for each row.
  package let labels: [UInt16]

  /// Takes rows that were read and standardized elsewhere.
  ///
  /// - Precondition: whole rows, one label each, every label below `classes`.
  package init(name: String, inputCount: Int, classes: Int, inputs: [Float], labels: [UInt16]) {
    precondition(inputs.count == labels.count * inputCount)
    precondition(labels.allSatisfy { $0 < classes })
    self.name = name
    self.inputCount = inputCount
    self.classes = classes
    self.inputs = inputs
    self.labels = labels
  }

  /// Draws inputs from the normal distribution and labels evenly.
  ///
  /// - Throws: `ConfigurationError` when the settings are out of range.
  package init(randomFor settings: GradientCheckSettings) throws {
    try settings.validate()
    var stream = RandomStream(seed: settings.seed, for: .samples)
    let inputs = (0..<settings.samples * settings.inputs).map { _ in Float(stream.normal()) }
    let labels = (0..<settings.samples).map { _ in UInt16(stream.integer(below: settings.classes)) }
    self.init(
      name: "random", inputCount: settings.inputs, classes: settings.classes, inputs: inputs,
      labels: labels)
  }

  /// Takes the first training images of a data set, standardized as for training.
  ///
  /// - Parameters:
  ///   - data: The data set.
  ///   - inputs: How many inputs of each row are taken; `nil` for all.
  ///   - settings: How many rows are taken.
  /// - Throws: `ConfigurationError` when there are not as many rows or inputs.
  package init(
    firstRowsOf data: RunData, inputs: Int?, _ settings: GradientCheckSettings
  ) throws {
    let training = data.pair.training
    let inputs = inputs ?? training.features.count
    guard settings.samples <= training.count else {
      throw ConfigurationError(
        setting: "samples", expected: "at most \(training.count), the rows of \(training.name)",
        found: "\(settings.samples)")
    }
    guard inputs <= training.features.count else {
      throw ConfigurationError(
        setting: "inputs",
        expected: "at most \(training.features.count), the inputs of \(training.name)",
        found: "\(inputs)")
    }
    let standardization = Standardization(measuring: training)
    let rows = (0..<settings.samples).flatMap { row in
      standardization.inputs(of: training.rows[row]).prefix(inputs)
    }
    self.init(
      name: training.name, inputCount: inputs, classes: training.classNames.count, inputs: rows,
      labels: Array(training.labels.prefix(settings.samples)))
  }
}
