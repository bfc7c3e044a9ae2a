/// How good a network is on some images.
public struct Metrics: Sendable, Hashable, Codable {
  /// The mean cross-entropy, in nats.
  public let loss: Double
  /// The loss plus λ Σ ‖W‖².
  public let cost: Double
  /// The fraction of images whose most probable class is the label.
  public let accuracy: Double

  /// Creates metrics.
  public init(loss: Double, cost: Double, accuracy: Double) {
    self.loss = loss
    self.cost = cost
    self.accuracy = accuracy
  }
}

/// One row of a run's history.
public struct HistoryPoint: Sendable, Hashable, Codable {
  /// Update steps made so far.
  public let step: Int
  /// Passes over the training images made so far.
  public let epoch: Double
  /// η of the next update.
  public let eta: Double
  /// On the training part, with the running statistics.
  public let training: Metrics
  /// On the validation part; `nil` when none is held back.
  public let validation: Metrics?

  /// Creates a row.
  public init(step: Int, epoch: Double, eta: Double, training: Metrics, validation: Metrics?) {
    self.step = step
    self.epoch = epoch
    self.eta = eta
    self.training = training
    self.validation = validation
  }
}

/// How often each class was taken for each class.
public struct ConfusionMatrix: Sendable, Hashable, Codable {
  /// Counts; row: the label, column: the prediction.
  public private(set) var counts: [[Int]]

  /// A matrix of zeros.
  public init(classes: Int) {
    counts = Array(repeating: Array(repeating: 0, count: classes), count: classes)
  }

  /// Counts one prediction.
  public mutating func record(label: Int, prediction: Int) {
    counts[label][prediction] += 1
  }

  /// The fraction on the diagonal; `nil` for an empty matrix.
  public var accuracy: Double? {
    let total = counts.reduce(0) { $0 + $1.reduce(0, +) }
    let right = counts.indices.reduce(0) { $0 + counts[$1][$1] }
    return total == 0 ? nil : Double(right) / Double(total)
  }

  /// The fraction of a class's images that were recognized; `nil` where there were none.
  public func recall(of label: Int) -> Double? {
    let total = counts[label].reduce(0, +)
    return total == 0 ? nil : Double(counts[label][label]) / Double(total)
  }

  /// The fraction of a class's predictions that were right; `nil` where there were none.
  public func precision(of label: Int) -> Double? {
    let total = counts.reduce(0) { $0 + $1[label] }
    return total == 0 ? nil : Double(counts[label][label]) / Double(total)
  }
}
