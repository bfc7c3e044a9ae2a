/// How good a network is on some rows.
public struct Metrics: Sendable, Hashable, Codable {
  /// The mean cross-entropy, in nats.
  public let loss: Double
  /// The loss plus λ Σ ‖W‖².
  public let cost: Double
  /// The fraction of rows whose most probable class is the label.
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
