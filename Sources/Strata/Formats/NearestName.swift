/// The name that takes the fewest edits to get from `name`; `nil` when there is none to choose, or
/// none within `limit` edits.
///
/// Of a long name, as only a damaged file has, the beginning is compared: the time grows with the
/// product of the lengths.
package func nearestName(
  to name: String, among names: some Sequence<String>, within limit: Int = .max
) -> String? {
  names.map { ($0, editDistance(Array(name.utf8.prefix(64)), Array($0.utf8))) }
    .filter { $0.1 <= limit }.min { $0.1 < $1.1 }?.0
}

/// Insertions, deletions and replacements of bytes (Levenshtein 1966; Wagner & Fischer 1974).
private func editDistance(_ first: [UInt8], _ second: [UInt8]) -> Int {
  var row = Array(0...second.count)
  for (i, left) in first.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, right) in second.enumerated() {
      let replaced = diagonal + (left == right ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
    }
  }
  return row[second.count]
}
