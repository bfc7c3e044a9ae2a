extension Trainer {
  /// What the run needs to go on from here.
  ///
  /// - Parameter origin: What a file of it says besides the trainer's own state.
  public mutating func checkpoint(origin: Checkpoint.Origin) -> Checkpoint {
    Checkpoint(
      network: network, optimizerState: engine.optimizerState, standardization: standardization,
      settings: TrainingSettings(configuration), step: step, samples: samples,
      order: order.rows(ofEpoch: step / stepsPerEpoch).map(UInt32.init), history: history,
      trainSeconds: trainSeconds, evaluationSeconds: evaluationSeconds, origin: origin,
      warnings: warnings)
  }
}
