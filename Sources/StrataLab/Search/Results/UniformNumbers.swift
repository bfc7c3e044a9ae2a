import Foundation

/// The numbers of a column in one form.
///
/// They have as many digits each, `1.42e-05`, `3.10e-02` or `0.10`, `0.25`, and are read back as the
/// numbers that they were.
/// Whole numbers stay as they are, and so do texts of which one is no number.
func uniformNumbers(_ texts: [String]) -> [String] {
  let numbers = texts.compactMap { decimal($0) }
  let isWhole = !texts.contains { $0.contains(".") || $0.contains("e") }
  guard numbers.count == texts.count, !isWhole else { return texts }
  let form = texts.contains { $0.contains("e") } ? "e" : "f"
  // 17 significant digits tell any two numbers apart.
  for digits in 0...16 {
    let written = numbers.map { String(format: "%.\(digits)\(form)", $0) }
    if zip(written, numbers).allSatisfy({ Double($0) == $1 }) { return written }
  }
  return texts
}
