import Strata
import StrataLab

/// A training of a reproduction: settings and a seed.
///
/// Rows of several documents that ask for the same settings share their runs.
package struct ReproductionRun: Sendable, Hashable {
  /// The settings that differ from the defaults.
  package let changes: RecipeChanges
  /// The seed.
  package let seed: UInt64

  /// The name of its folder: everything that its result depends on, in short.
  ///
  /// - Parameter origin: What runs of the same settings may differ by: data, version and kernel.
  func folderName(origin: String) -> String {
    let settings = changes.options.map { "\($0.key.rawValue)=\($0.text)" }.joined(separator: " ")
    let mark = SHA256.hexadecimal(of: "\(settings)\n\(origin)").prefix(10)
    return "\(mark)-seed-\(seed)"
  }
}
