internal import CStrataKernels
internal import Glibc

/// One step of an optimizer.
enum UpdateRule {
  /// θ ← θ − η g.
  case descent(rate: Float)
  /// v ← μ v + g, θ ← θ − η v.
  case momentum(strata_momentum)
  /// Adam's step.
  case adam(strata_adam)

  /// The rule of an update step, counted from 0.
  init(_ optimizer: Optimizer, rate: Double, step: Int) {
    switch optimizer {
    case .sgd: self = .descent(rate: Float(rate))
    case .momentum:
      self = .momentum(
        strata_momentum(
          rate: Float(rate), momentum: Float(Optimizer.momentumDecay), decay: 0))
    case .adam:
      let (mean, square) = Optimizer.adamDecays
      let t = Double(step) + 1
      self = .adam(
        strata_adam(
          rate: Float(rate / (1 - pow(mean, t))), mean_decay: Float(mean),
          mean_share: Float(1 - mean), square_decay: Float(square),
          square_share: Float(1 - square),
          deviation_scale: Float(1 / (1 - pow(square, t)).squareRoot()),
          epsilon: Float(Optimizer.adamEpsilon), decay: 0))
    }
  }
}

extension TrainingCore {
  /// Moves `count` parameters that lie at `offset` along the gradient that lies there.
  ///
  /// - Parameter decay: 2λ where the parameters are regularized and λ's term is not yet in the gradient.
  func update(_ rule: UpdateRule, offset: Int, count: Int, decay: Float) -> Float {
    let gradient = gradient + offset
    func state(_ index: Int) -> UnsafeMutablePointer<Float> {
      buffers.optimizerState[index].baseAddress.unsafelyUnwrapped + offset
    }
    switch rule {
    case .descent(let rate):
      return kernels.add(-rate, times: gradient, count: count, to: parameters + offset)
    case .momentum(var rule):
      rule.decay = decay
      return kernels.table.pointee.momentum_update(
        count, &rule, gradient, state(0), parameters + offset)
    case .adam(var rule):
      rule.decay = decay
      return kernels.table.pointee.adam_update(
        count, &rule, gradient, state(0), state(1), parameters + offset)
    }
  }
}
