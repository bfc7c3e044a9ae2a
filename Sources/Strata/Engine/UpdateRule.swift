internal import CStrataKernels
internal import Glibc

/// One step of an optimizer that remembers gradients.
enum UpdateRule {
  /// v ← μ v + g, θ ← θ − η v.
  case momentum(strata_momentum)
  /// Adam's step.
  case adam(strata_adam)

  /// The rule of an update step, counted from 0; `nil` for plain descent, which remembers nothing.
  init?(_ optimizer: Optimizer, rate: Double, step: Int) {
    switch optimizer {
    case .sgd: return nil
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

extension TrainingCore.Goal {
  /// An optimizer's step, counted from 0.
  init(_ optimizer: Optimizer, rate: Double, lambda: Double, step: Int) {
    if let rule = UpdateRule(optimizer, rate: rate, step: step) {
      self = .update(rule, lambda: Float(lambda))
    } else {
      self = .descend(rate: Float(rate), lambda: Float(lambda))
    }
  }
}

extension TrainingCore {
  /// Moves `count` parameters that lie at `offset` along the gradient that lies there.
  ///
  /// - Parameter decay: 2λ where the parameters are regularized.
  func update(_ rule: UpdateRule, offset: Int, count: Int, decay: Float) -> Float {
    let table = kernels.table
    let first = optimizerState[0].base + offset
    switch rule {
    case .momentum(var rule):
      rule.decay = decay
      return table.pointee.momentum_update(
        count, &rule, gradient.base + offset, first, parameters + offset)
    case .adam(var rule):
      rule.decay = decay
      return table.pointee.adam_update(
        count, &rule, gradient.base + offset, first, optimizerState[1].base + offset,
        parameters + offset)
    }
  }
}
