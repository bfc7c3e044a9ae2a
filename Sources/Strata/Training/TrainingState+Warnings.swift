internal import CLibrary

/// The signs that a run may not end well, read off what training leaves behind.
///
/// Nothing here changes a result. Which steps are looked at depends on the number of the step alone.
extension TrainingState {
  /// The norm of a hidden layer's gradient from which on it counts as exploding.
  ///
  /// It is measured where it is a plain mean over the batch: ∂J/∂b, and ∂J/∂β of a normalized layer.
  /// The last layer's is the mean of p − y, whose norm is at most √2; this is 70 times that, and ten
  /// times the greatest norm that gradients usually are clipped to.
  ///
  /// - SeeAlso: Pascanu, Mikolov & Bengio 2013, sections 2.1 and 3.2,
  ///   <https://arxiv.org/abs/1211.5063>.
  static let explodingNorm = 100.0

  /// The loss of a batch from which on its gradient is looked at, in losses of chance.
  private static let suspiciousLoss = 4.0

  /// The share of the loss of chance that a loss has to come below, or it counts as stuck.
  private static let stuckShare = 0.995

  /// Update steps that a loss is given, at least, to come below.
  private static let leastPatience = 100

  /// The images that dead units are looked for on.
  private static let signImages = 1000

  /// Images of them that go through the network together.
  private static let signBatch = 100

  /// Update steps between two looks for dead units, at least: a look costs a third of a step where no
  /// layer is dying.
  private static let signInterval = 200

  /// Looks at the gradient of the step at hand where its loss is far above that of chance, as it is
  /// when activations or weights have grown with the gradient.
  mutating func notice(lossOfBatch loss: Double) {
    guard loss > Self.suspiciousLoss * chanceLoss, isNew(.explodingGradient) else { return }
    for layer in 0..<engine.network.architecture.depth - 1 {
      let slices = engine.network.layout.layers[layer]
      let norm = engine.gradientNorm(of: slices.shift ?? slices.bias)
      guard norm > Self.explodingNorm else { continue }
      warnings.append(
        TrainingWarning(
          .explodingGradient, step: step, layer: layer,
          finding:
            "the gradient norm of layers.\(layer) is \(Float(norm)); that of the outputs is at "
            + "most 1.4"))
      return
    }
  }

  /// Looks at the last evaluation and at the engine.network.
  mutating func noticeSigns() {
    let start = ContinuousClock.now
    defer { evaluationSeconds += start.secondsUntilNow }
    noticeStuckLoss()
    let previous = history.dropLast().last?.step ?? 0
    if isFinished || step / Self.signInterval > previous / Self.signInterval { noticeDeadUnits() }
  }

  private func isNew(_ sign: TrainingWarning.Sign) -> Bool {
    !warnings.contains { $0.sign == sign }
  }

  /// A training loss that no evaluation finds below that of chance, ln K where classes are equally
  /// frequent, for two epochs, a tenth of the run and a hundred update steps.
  private mutating func noticeStuckLoss() {
    guard isNew(.stuckLoss) else { return }
    let stuck = history.reversed().prefix { $0.training.loss > Self.stuckShare * chanceLoss }
    let patience = max(2 * length.stepsPerEpoch, length.updateSteps / 10, Self.leastPatience)
    guard let first = stuck.last, step - first.step >= patience, let last = stuck.first else {
      return
    }
    warnings.append(
      TrainingWarning(
        .stuckLoss, step: step, layer: nil,
        finding:
          "the training loss is \(Float(last.training.loss)); guessing by class frequency gives "
          + "\(Float(chanceLoss))"))
  }

  /// Units that are 0 for every image of a sample, in the layer that has the greatest share of them;
  /// activations other than ReLU are 0 at single inputs alone.
  ///
  /// The images go forward as in training, without dropout. As soon as half of the units of every
  /// layer have been seen at work the search is over, mostly after the first few images.
  ///
  /// - SeeAlso: Lu, Shin, Su & Karniadakis 2020, <https://arxiv.org/abs/1903.06733>.
  private mutating func noticeDeadUnits() {
    guard isNew(.deadUnits), engine.network.architecture.hasRectifiers else { return }
    let rows = Array(0..<Int32(min(Self.signImages, data.training.count)))
    let size = min(Self.signBatch, configuration.batchSize)
    let batches = (rows.count + size - 1) / size
    var active = ActiveUnits(engine.network.architecture)
    for batch in 0..<batches where !active.areMostEverywhere {
      let range = part(batch, of: batches, in: rows.count)
      engine.take(Batch(rows: rows[range], epoch: step / length.stepsPerEpoch, source: source))
      engine.forward()
      engine.markActiveUnits(in: &active)
    }
    guard !active.areMostEverywhere, let (layer, dead, units) = active.deadest else { return }
    warnings.append(
      TrainingWarning(
        .deadUnits, step: step, layer: layer,
        finding: "\(dead) of the \(units) units of layers.\(layer) are 0 for each of "
          + "\(rows.count) training images"))
  }
}

extension Dataset {
  /// −Σ_c f_c ln f_c with the frequency f_c of each class: the loss of the best constant prediction,
  /// in nats.
  var labelEntropy: Double {
    var counts = [Int](repeating: 0, count: classNames.count)
    for label in labels { counts[Int(label)] += 1 }
    return counts.reduce(0) { sum, count in
      let frequency = Double(count) / Double(labels.count)
      return count == 0 ? sum : sum - frequency * log(frequency)
    }
  }
}
