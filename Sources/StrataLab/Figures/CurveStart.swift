import Strata

extension CurveGroup {
  /// Without the evaluations before the first step.
  var withoutStart: CurveGroup {
    CurveGroup(name: name, histories: histories.map { $0.filter { $0.step > 0 } })
  }
}

/// The greatest number before the first step, where it is more than twice as great as any later one
/// and would squeeze the curves; else `nil`.
func squeezingStart(_ quantity: CurveQuantity, _ histories: [[HistoryPoint]]) -> Double? {
  func greatest(_ isMeant: (HistoryPoint) -> Bool) -> Double? {
    histories.joined().filter(isMeant)
      .flatMap { [$0.training, $0.validation].compactMap { $0.map(quantity.value) } }
      .filter(\.isFinite).max()
  }
  guard let start = greatest({ $0.step == 0 }), let later = greatest({ $0.step > 0 }) else {
    return nil
  }
  return start > 2 * later ? start : nil
}

/// Says what is left out of the panels of which quantities.
///
/// - Parameter starts: What `squeezingStart` gives for each quantity.
func startNotes(_ starts: [Double?]) -> [String] {
  let parts = zip(CurveQuantity.all, starts).compactMap { quantity, start in
    start.map { "\(quantity.title.lowercased()) up to \(significantText($0))" }
  }
  guard !parts.isEmpty else { return [] }
  let list = parts.joined(separator: ", ")
  return ["Left out, since it would squeeze the rest: before the first step, \(list)."]
}
