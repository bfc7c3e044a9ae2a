internal import CLibrary
internal import CStrataKernels

/// One step of an optimizer.
enum UpdateRule {
  /// θ ← θ − η g.
  case descent(rate: Float)
  /// A rule that remembers gradients.
  case remembering(strata_update)

  /// The rule of an update step, counted from 0.
  init(_ optimizer: Optimizer, rate η: Double, step: Int) {
    var update = strata_update()
    update.rate = Float(η)
    update.kept = 1
    switch optimizer.rule {
    case .sgd:
      self = .descent(rate: Float(η))
      return
    case .momentum:
      update.rule = STRATA_MOMENTUM
      update.momentum = Float(optimizer.momentum)
    case .nesterov:
      update.rule = STRATA_NESTEROV
      update.momentum = Float(optimizer.momentum)
    case .adam:
      update.setAdam(optimizer.adamDecays, rate: η, step: step)
    case .adamw:
      update.setAdam(optimizer.adamDecays, rate: η, step: step)
      update.kept = Float(1 - η * optimizer.weightDecay)
    }
    self = .remembering(update)
  }
}

extension strata_update {
  fileprivate mutating func setAdam(_ decays: Optimizer.AdamDecays, rate η: Double, step: Int) {
    let t = Double(step) + 1
    rule = STRATA_ADAM
    rate = Float(η / (1 - pow(decays.mean, t)))
    mean_decay = Float(decays.mean)
    mean_share = Float(1 - decays.mean)
    square_decay = Float(decays.square)
    square_share = Float(1 - decays.square)
    deviation_scale = Float(1 / (1 - pow(decays.square, t)).squareRoot())
    epsilon = Float(Optimizer.adamEpsilon)
  }
}

extension TrainingCore {
  /// Moves `count` parameters that lie at `offset` along the gradient that lies there.
  ///
  /// - Parameter decay: 2λ of weights, or 0 where λ's term is in the gradient already; `nil` for b, γ
  ///   and β, which do not decay.
  func update(_ rule: UpdateRule, offset: Int, count: Int, decay: Float?) -> Float {
    let gradient = gradient + offset
    switch rule {
    case .descent(let rate):
      return kernels.add(-rate, times: gradient, count: count, to: parameters + offset)
    case .remembering(var step):
      step.decay = decay ?? 0
      if decay == nil { step.kept = 1 }
      let state = buffers.optimizerState
      func vector(_ index: Int) -> UnsafeMutablePointer<Float> {
        state[index].baseAddress.unsafelyUnwrapped + offset
      }
      return kernels.update(
        parameters + offset, count: count, along: gradient, step, vector(0),
        state.count > 1 ? vector(1) : nil)
    }
  }
}
