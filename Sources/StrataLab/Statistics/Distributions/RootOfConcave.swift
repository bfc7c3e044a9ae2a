/// The zero of an increasing and concave function, by Newton's method.
///
///     x ← x − f(x) / f′(x)
///
/// A tangent lies above a concave function, so no step ends to the right of the zero: from the
/// second on, all go right, and one that does not is rounding. A step that changes x by less than
/// a billionth of itself is the last, since the next would change it by the square of that.
///
/// - Parameter start: Best to the left of the zero; where f or f′ is not finite there, it is the result.
func rootOfConcave(
  from start: Double, _ function: (Double) -> (value: Double, slope: Double)
) -> Double {
  var x = start
  for iteration in 0..<100 {
    let (value, slope) = function(x)
    let step = -value / slope
    guard step.isFinite, iteration == 0 || step > 0 else { return x }
    x += step
    if abs(step) <= 1e-9 * abs(x) { break }
  }
  return x
}
