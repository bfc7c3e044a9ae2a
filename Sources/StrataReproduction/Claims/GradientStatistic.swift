import Strata

/// A number of a gradient check.
package struct GradientStatistic: Sendable {
  /// What it is, a phrase.
  package let name: String
  /// The number; `nil` where the check has none.
  let value: @Sendable (ReproducedCheck) -> Double?

  /// The largest relative error of all parameters.
  static let maximum = GradientStatistic(name: "largest relative error") { $0.maximum }

  /// The largest relative error of a tensor.
  static func maximum(of tensor: String) -> GradientStatistic {
    GradientStatistic(name: "largest relative error of \(tensor)") {
      $0.tensor(tensor)?.maximum
    }
  }

  /// The mean relative error of a tensor.
  static func mean(of tensor: String) -> GradientStatistic {
    GradientStatistic(name: "mean relative error of \(tensor)") { $0.tensor(tensor)?.mean }
  }

  /// The mean of the gradient of a tensor.
  static func average(of tensor: String) -> GradientStatistic {
    GradientStatistic(name: "mean of the gradient of \(tensor)") {
      $0.tensor(tensor)?.gradient?.mean
    }
  }

  /// The standard deviation of the gradient of a tensor.
  static func standardDeviation(of tensor: String) -> GradientStatistic {
    GradientStatistic(name: "std of the gradient of \(tensor)") { $0.tensor(tensor)?.gradient?.std }
  }

  /// The mean difference of the two gradients of a tensor, without its sign.
  static func meanDifference(of tensor: String) -> GradientStatistic {
    GradientStatistic(name: "|mean_diff| of \(tensor)") {
      $0.tensor(tensor)?.gradient.map { abs($0.meanDifference) }
    }
  }

  /// The standard deviation of the differences of the two gradients of a tensor.
  static func differenceDeviation(of tensor: String) -> GradientStatistic {
    GradientStatistic(name: "std_diff of \(tensor)") {
      $0.tensor(tensor)?.gradient?.stdDifference
    }
  }

  /// The largest signed difference of the two gradients of a tensor, then without its sign.
  static func largestDifference(of tensor: String) -> GradientStatistic {
    GradientStatistic(name: "|max_diff| of \(tensor)") {
      $0.tensor(tensor)?.gradient.map { abs($0.maxDifference) }
    }
  }

  /// The mean relative error of the weights of a layer divided by that of the weights of another.
  static func ratio(of tensor: String, to other: String) -> GradientStatistic {
    GradientStatistic(name: "mean relative error of \(tensor) divided by that of \(other)") {
      guard let mean = $0.tensor(tensor)?.mean, let otherMean = $0.tensor(other)?.mean,
        otherMean > 0
      else { return nil }
      return mean / otherMean
    }
  }

  /// The absolute value that central differences found in place of a gradient that is 0.
  static func largestOfZero(_ tensor: String) -> GradientStatistic {
    GradientStatistic(name: "largest |∂J/∂\(tensor)| that was found instead of 0") {
      $0.tensor(tensor)?.largestOfZero
    }
  }
}

extension ReproducedCheck {
  /// The errors of a tensor, such as `W1`; `nil` where there is none.
  fileprivate func tensor(_ name: String) -> Tensor? { tensors.first { $0.name == name } }
}
