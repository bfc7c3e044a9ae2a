package import Strata

/// Where a run ended at a number that is not finite.
package struct Divergence: Sendable, Hashable {
  /// The update step, counted from 0.
  package let step: Int
  /// The tensor, as it is called in a model file, or `cost`.
  package let tensor: String

  /// Names the place of an error.
  package init(_ error: DivergenceError) {
    step = error.step
    tensor = error.layer.map { "layers.\($0).\(error.tensor)" } ?? error.tensor
  }

  /// For a sentence or a table: `diverged at step 12 (layers.0.linear.weight)`.
  package var text: String { "diverged at step \(countText(step)) (\(tensor))" }
}

extension Divergence {
  /// Reads what `members` wrote; `nil` where it is something else.
  package init?(_ json: JSONValue) {
    guard let step = json["step"]?.integer, step >= 0, let tensor = json["tensor"]?.string,
      !tensor.isEmpty
    else { return nil }
    self.step = step
    self.tensor = printableLine(tensor)
  }

  /// The place, for a file.
  package var members: [JSONValue.Member] {
    [.init("step", .integer(step)), .init("tensor", .string(tensor))]
  }
}
