import Foundation
package import Strata

extension KernelSet {
  /// The kernels that this process computes with: those that `STRATA_KERNEL` names, or the fastest.
  ///
  /// - Throws: `ConfigurationError` where the processor lacks them.
  package static func ofProcess() throws -> KernelSet {
    try selected(in: ProcessInfo.processInfo.environment)
  }
}
