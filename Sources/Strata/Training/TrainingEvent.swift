/// An event of a training run.
public enum TrainingEvent: Sendable {
  /// Some update steps were made.
  case progress(TrainingProgress)
  /// The network was measured.
  case evaluation(HistoryPoint)
  /// A warning, once per run and kind.
  case warning(TrainingWarning)
}

/// How far a run is.
public struct TrainingProgress: Sendable, Hashable {
  /// Update steps made so far.
  public let step: Int
  /// Update steps of the whole run.
  public let totalSteps: Int
  /// η of the last update.
  public let eta: Double
  /// The mean training loss of the batches since the last report.
  public let loss: Double
  /// The fraction of right predictions in the batches since the last report.
  public let accuracy: Double
  /// Seconds spent in update steps so far.
  public let trainSeconds: Double
  /// Images that update steps have seen so far.
  public let samples: Int
}
