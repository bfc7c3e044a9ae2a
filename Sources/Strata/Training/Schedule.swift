import CLibrary

/// The learning rate η as a function of the update step.
///
/// A schedule uses some of its numbers; the others stay at their defaults.
public struct Schedule: Sendable, Hashable, Codable {
  /// How η moves over a run.
  public enum Shape: String, Sendable, Hashable, Codable, CaseIterable {
    /// Triangles: η rises from `minimum` for `stepSize` steps and falls for as many; `maximum` is
    /// multiplied by `decay` after each cycle.
    ///
    /// - SeeAlso: Smith 2017, section 3, <https://arxiv.org/abs/1506.01186>.
    case cyclical
    /// `eta` at every step.
    case constant
    /// Half a cosine from `maximum` at step 0 to `minimum` at the end.
    ///
    /// - SeeAlso: Loshchilov & Hutter 2017, equation 5, <https://arxiv.org/abs/1608.03983>.
    case cosine
    /// One triangle over the run: up for the first 45 %, down for the next 45 %, then from `minimum`
    /// on towards a hundredth of it.
    ///
    /// - SeeAlso: Smith & Topin 2018, section 2, <https://arxiv.org/abs/1708.07120>.
    case oneCycle = "one-cycle"
  }

  /// How η moves.
  public var shape = Shape.cyclical
  /// The lowest η.
  public var minimum = 1e-5
  /// The highest η.
  public var maximum = 1e-1
  /// η of the constant schedule.
  public var eta = 1e-2
  /// n_s, half a cycle in update steps; `nil`: so many that the cycles last for the run.
  public var stepSize: Int?
  /// Cycles of a run.
  public var cycles = 2
  /// The factor on `maximum` after each cycle.
  public var decay = 1.0

  /// Two triangles from 1e-5 to 1e-1.
  public init() {}

  private init(_ shape: Shape, minimum: Double, maximum: Double) {
    (self.shape, self.minimum, self.maximum) = (shape, minimum, maximum)
  }

  /// Triangles between `minimum` and `maximum`, half a cycle of `stepSize` steps each.
  public static func cyclical(
    minimum: Double = 1e-5, maximum: Double = 1e-1, stepSize: Int? = nil, cycles: Int = 2,
    decay: Double = 1
  ) -> Schedule {
    var schedule = Schedule(.cyclical, minimum: minimum, maximum: maximum)
    (schedule.stepSize, schedule.cycles, schedule.decay) = (stepSize, cycles, decay)
    return schedule
  }

  /// The same η at every step.
  public static func constant(_ eta: Double) -> Schedule {
    var schedule = Schedule()
    (schedule.shape, schedule.eta) = (.constant, eta)
    return schedule
  }

  /// Half a cosine from `maximum` down to `minimum` over the run.
  public static func cosine(minimum: Double = 1e-5, maximum: Double = 1e-1) -> Schedule {
    Schedule(.cosine, minimum: minimum, maximum: maximum)
  }

  /// One triangle over the run, then a tail.
  public static func oneCycle(minimum: Double = 1e-5, maximum: Double = 1e-1) -> Schedule {
    Schedule(.oneCycle, minimum: minimum, maximum: maximum)
  }

  /// η of update `step`, counted from 0, in a run of `steps`.
  public func rate(at step: Int, of steps: Int) -> Double {
    switch shape {
    case .constant:
      return eta
    case .cyclical:
      let stepSize = stepSize ?? halfCycle(of: steps)
      let cycle = step / (2 * stepSize)
      let position = Double(step % (2 * stepSize)) / Double(stepSize)
      let peak = max(minimum, maximum * pow(decay, Double(cycle)))
      return minimum + (1 - abs(position - 1)) * (peak - minimum)
    case .cosine:
      let progress = min(1, Double(step) / Double(steps))
      return minimum + (maximum - minimum) * (1 + cos(.pi * progress)) / 2
    case .oneCycle:
      let ramp = 0.45 * Double(steps)
      let position = Double(step) / ramp
      if position <= 2 { return minimum + (1 - abs(position - 1)) * (maximum - minimum) }
      let tail = min(1, (Double(step) - 2 * ramp) / (Double(steps) - 2 * ramp))
      return minimum * (1 - 0.99 * tail)
    }
  }

  /// The n_s with which the cycles come nearest to `steps` update steps.
  func halfCycle(of steps: Int) -> Int {
    max(1, Int((Double(steps) / Double(2 * cycles)).rounded()))
  }

  /// Checks that η has room to move in.
  ///
  /// - Throws: `ConfigurationError` when `minimum` is above `maximum`.
  func checkOrder() throws {
    guard shape == .constant || minimum <= maximum else {
      throw ConfigurationError(
        setting: "eta-min", expected: "at most eta-max, which is \(maximum)", found: "\(minimum)")
    }
  }
}
