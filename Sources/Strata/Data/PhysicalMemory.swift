import CLibrary
import Synchronization

/// The memory that reading a file may take.
///
/// A file that is mostly a hole claims terabytes and takes no room on a disk; Swift ends a process
/// whose memory does not suffice.
package enum PhysicalMemory {
  private static let knownLimit = Atomic<Int>(.max)

  /// Adds a limit that only the process knows, such as that of its control group.
  package static func limit(to bytes: Int) { knownLimit.store(bytes, ordering: .relaxed) }

  /// The bytes that this process may have at most.
  static var available: Int {
    let installed = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
    let limits = [RLIMIT_AS, RLIMIT_DATA].map { resource in
      var limit = rlimit()
      let isKnown = getrlimit(__rlimit_resource_t(resource.rawValue), &limit) == 0
      return isKnown ? Int(clamping: limit.rlim_cur) : .max
    }
    return min(installed, knownLimit.load(ordering: .relaxed), limits.min() ?? .max)
  }

  /// Rejects reading more than a quarter of the memory at once: converting the numbers takes as much
  /// again.
  ///
  /// - Throws: `DataError`.
  static func require(_ count: Int, bytesEach: Int = 1, of path: String) throws {
    let limit = available / 4
    guard count <= limit / bytesEach else {
      throw DataError(
        .inputOutput, path: path,
        expected: "at most \(limit) bytes to read at once, a quarter of the memory",
        found: bytesEach == 1 ? "\(count)" : "\(count) × \(bytesEach)")
    }
  }
}
