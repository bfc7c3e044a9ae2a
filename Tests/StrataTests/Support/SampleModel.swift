@testable import Strata

/// A model whose every number is drawn, running statistics included.
enum SampleModel {
  static func model(
    _ features: Features, hidden: [Int], classes: Int, _ placement: BatchNormalizationPlacement
  ) throws -> Model {
    let sample = try SampleNetwork([features.count] + hidden + [classes], placement, samples: 1)
    var network = sample.network
    var stream = RandomStream(seed: 9, for: .samples)
    for slice in network.statistics.layers {
      network.statistics.means.setValues(
        (0..<slice.columns).map { _ in Float(stream.normal()) }, in: slice)
      network.statistics.variances.setValues(
        (0..<slice.columns).map { _ in Float(0.2 + stream.uniform()) }, in: slice)
    }
    network.statistics.batches = 3
    return Model(
      network: network,
      standardization: Standardization(
        mean: (0..<features.count).map { _ in Float(0.3 + 0.4 * stream.uniform()) },
        deviation: (0..<features.count).map { _ in Float(0.2 + 0.2 * stream.uniform()) }),
      classNames: (0..<classes).map { "class \($0)" }, features: features, dataName: "drawn")
  }

  /// The logits of the reference in `Double`, one array an image.
  static func referenceLogits(_ model: Model, _ images: [[UInt8]]) -> Matrix {
    var columns = Matrix(rows: model.features.count, columns: images.count)
    for (column, image) in images.enumerated() {
      for row in image.indices {
        columns[row, column] =
          (Double(image[row]) / 255 - Double(model.standardization.mean[row]))
          / Double(model.standardization.deviation[row])
      }
    }
    return ReferenceNetwork(model.network).testLogits(columns)
  }
}
