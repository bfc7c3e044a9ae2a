import Glibc

/// The learning rate η as a function of the update step.
public enum Schedule: Sendable, Hashable {
  /// The same η at every step.
  case constant(Double)
  /// Triangles between `minimum` and `maximum`: η rises for `stepSize` steps and falls for as
  /// many; `maximum` is multiplied by `decay` after each cycle.
  ///
  /// - SeeAlso: Smith 2017, section 3, <https://arxiv.org/abs/1506.01186>.
  case cyclical(minimum: Double, maximum: Double, stepSize: Int, decay: Double)
  /// Half a cosine from `maximum` at step 0 to `minimum` at `steps`.
  ///
  /// - SeeAlso: Loshchilov & Hutter 2017, equation 5, <https://arxiv.org/abs/1608.03983>.
  case cosine(minimum: Double, maximum: Double, steps: Int)
  /// One triangle over `steps`: up for the first 45 %, down for the next 45 %, then from `minimum`
  /// on towards a hundredth of it.
  ///
  /// - SeeAlso: Smith & Topin 2018, section 2, <https://arxiv.org/abs/1708.07120>.
  case oneCycle(minimum: Double, maximum: Double, steps: Int)

  /// η of update `step`, counted from 0.
  public func rate(at step: Int) -> Double {
    switch self {
    case .constant(let rate):
      return rate
    case .cyclical(let minimum, let maximum, let stepSize, let decay):
      let cycle = step / (2 * stepSize)
      let position = Double(step % (2 * stepSize)) / Double(stepSize)
      let peak = max(minimum, maximum * pow(decay, Double(cycle)))
      return minimum + (1 - abs(position - 1)) * (peak - minimum)
    case .cosine(let minimum, let maximum, let steps):
      let progress = min(1, Double(step) / Double(steps))
      return minimum + (maximum - minimum) * (1 + cos(.pi * progress)) / 2
    case .oneCycle(let minimum, let maximum, let steps):
      let ramp = 0.45 * Double(steps)
      let position = Double(step) / ramp
      if position <= 2 { return minimum + (1 - abs(position - 1)) * (maximum - minimum) }
      let tail = min(1, (Double(step) - 2 * ramp) / (Double(steps) - 2 * ramp))
      return minimum * (1 - 0.99 * tail)
    }
  }
}
