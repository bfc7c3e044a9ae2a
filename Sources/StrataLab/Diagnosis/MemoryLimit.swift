import CLibrary
import Strata

/// Memory that this process may still take, and what sets the limit.
package struct MemoryLimit: Sendable, Hashable {
  /// What is left, in bytes.
  package var free: Int
  /// What sets the limit, as it follows "what is left of".
  package var source: String
  /// Whether addresses count, not what is written to: then the stack of each thread does.
  package var countsAddresses: Bool

  /// Describes a limit.
  package init(free: Int, source: String, countsAddresses: Bool = false) {
    self.free = free
    self.source = source
    self.countsAddresses = countsAddresses
  }

  /// An equal share for each of several trainings at a time.
  package func shared(by trainings: Int) -> MemoryLimit {
    var share = self
    share.free /= max(1, trainings)
    if trainings > 1 { share.source += " for each of \(trainings) trainings at a time" }
    return share
  }
}

extension [MemoryLimit] {
  /// The limits of each of several trainings at a time.
  package func shared(by trainings: Int) -> [MemoryLimit] { map { $0.shared(by: trainings) } }
}

extension Machine {
  /// Every limit on the memory of this process, and what is left of it now.
  ///
  /// Pages of files, such as mapped data, are given back when memory is short, so they do not count
  /// as taken.
  package static var memoryLimits: [MemoryLimit] {
    let machine = availableMemory.map {
      MemoryLimit(free: $0, source: "the memory of this machine")
    }
    let addresses = addressLimit.map {
      MemoryLimit(
        free: $0 - ownMemory("VmSize:"), source: "the address space (ulimit -v)",
        countsAddresses: true)
    }
    let data = resourceLimit(RLIMIT_DATA).map {
      MemoryLimit(
        free: $0 - ownMemory("VmData:"), source: "the data segment (ulimit -d)",
        countsAddresses: true)
    }
    return [machine, addresses, data].compactMap(\.self) + groupLimits
  }

  /// The addresses that this process may have, in bytes; `nil` without a limit.
  package static var addressLimit: Int? { resourceLimit(RLIMIT_AS) }

  /// Checks that there is memory for what every command does before it plans anything.
  ///
  /// - Throws: `ConfigurationError`.
  package static func checkLeastMemory() throws { try checkMemory(leastMemory) }

  /// Checks that there is memory for some work.
  ///
  /// - Throws: `ConfigurationError`.
  package static func checkMemory(_ bytes: Int, for work: String = "") throws {
    guard let limit = memoryLimits.first(where: { $0.free < bytes }) else { return }
    throw ConfigurationError(
      setting: "memory",
      expected: "at least \(bytesText(bytes))" + (work.isEmpty ? "" : " for \(work)"),
      found: "\(bytesText(max(0, limit.free))), what is left of \(limit.source)",
      hint: "raise the limit or end other programs")
  }

  /// The built-in images, and parsers.
  private static let leastMemory = 48 << 20

  /// The addresses that a new thread's stack takes; where it is not limited, glibc takes 2 MiB.
  package static var stackSize: Int { resourceLimit(RLIMIT_STACK) ?? 2 << 20 }

  /// A line of `/proc/self/status`, in bytes; 0 where the kernel does not say.
  package static func ownMemory(_ name: String) -> Int {
    let line = systemText("/proc/self/status")?.split(separator: "\n")
      .first { $0.hasPrefix(name) }
    let kibibytes = line?.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first
    return kibibytes.flatMap { Int($0) }.map { $0 * 1024 } ?? 0
  }

  /// The most bytes that a file may get by this process; `nil` without a limit.
  package static var fileSizeLimit: Int? { resourceLimit(RLIMIT_FSIZE) }

  /// The limit that the process may not exceed; `nil` where there is none.
  private static func resourceLimit(_ resource: __rlimit_resource) -> Int? {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(resource.rawValue), &limit) == 0 else { return nil }
    return Int(exactly: limit.rlim_cur)
  }
}
