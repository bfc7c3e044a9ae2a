/// The first non-finite number of a run, which ends it.
public struct DivergenceError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The update step at which it appeared, counted from 0.
  public let step: Int
  /// The layer, counted from 0 as in the model file; `nil` outside layers.
  public let layer: Int?
  /// The tensor: a parameter such as `linear.weight`; its gradient, `linear.weight.gradient`, where
  /// the optimizer keeps it, or `velocity`, `mean` or `square` in its place; `output`, or
  /// `output.gradient`; a running statistic; a measurement, without a layer.
  public let tensor: String

  /// Creates the error from its parts.
  public init(step: Int, layer: Int?, tensor: String) {
    self.step = step
    self.layer = layer
    self.tensor = tensor
  }

  /// One sentence for a person.
  public var description: String {
    let place = layer.map { "layers.\($0).\(tensor)" } ?? tensor
    let advice =
      step == 0 ? "try a smaller init or other initial-weights" : "try a smaller eta-max or eta"
    return "training diverged at update step \(step): expected finite numbers, found NaN or "
      + "infinity in \(place); \(advice), or a smaller lambda if it is large."
  }
}
