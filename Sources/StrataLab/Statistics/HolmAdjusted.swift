internal import Strata

/// Holm's correction for asking several questions at once.
///
/// With the m p-values in ascending order, p₍ᵢ₎ becomes the largest of min(1, (m − j + 1) p₍ⱼ₎), j ≤ i.
/// Calling a difference real where the result is at most α is wrong even once in the whole list with
/// a probability of at most α, for any dependence between the tests.
///
/// - Returns: The adjusted p-values in the order of the list.
/// - Throws: `ConfigurationError` for one that is not between 0 and 1.
/// - SeeAlso: Holm 1979, "A simple sequentially rejective multiple test procedure".
package func holmAdjusted(_ pValues: [Double]) throws -> [Double] {
  if let place = pValues.firstIndex(where: { !(0...1).contains($0) }) {
    throw ConfigurationError(
      setting: "p-values", expected: "numbers from 0 to 1",
      found: "\(pValues[place]) as number \(place + 1)")
  }
  var adjusted = pValues
  var largest = 0.0
  for (rank, place) in pValues.indices.sorted(by: { pValues[$0] < pValues[$1] }).enumerated() {
    largest = max(largest, min(1, Double(pValues.count - rank) * pValues[place]))
    adjusted[place] = largest
  }
  return adjusted
}
