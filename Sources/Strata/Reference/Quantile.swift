/// The value below which a share of the sorted values lies, between neighbours by a straight line.
///
/// Hyndman & Fan 1996, "Sample quantiles in statistical packages", type 7, as NumPy's default.
///
/// - Parameters:
///   - share: From 0 (the least) to 1 (the greatest).
///   - sorted: Ascending values.
/// - Returns: `nil` where there are no values.
package func quantile(_ share: Double, ofSorted sorted: [Double]) -> Double? {
  guard let last = sorted.indices.last else { return nil }
  let place = min(max(share, 0), 1) * Double(last)
  let below = Int(place)
  let fraction = place - Double(below)
  guard fraction > 0, below < last else { return sorted[below] }
  return sorted[below] + fraction * (sorted[below + 1] - sorted[below])
}
