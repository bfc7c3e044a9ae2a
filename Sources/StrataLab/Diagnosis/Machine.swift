import CLibrary
import FoundationEssentials

/// What this machine lets a process use.
package enum Machine {
  /// The processor's name; `nil` where the kernel does not say.
  package static var processorName: String? { processorField("model name") }

  /// The instruction sets that matter to the kernels, of those that the processor has.
  package static var processorFeatures: [String] {
    let flags = (processorField("flags") ?? processorField("Features") ?? "").split(separator: " ")
    let known = [
      "sse4_2", "avx", "avx2", "fma", "avx512f", "avx512bw", "avx512vl", "avx512_bf16", "asimd",
    ]
    return known.filter { flags.contains(Substring($0)) }
  }

  /// Processors that may be used: those the scheduler allows, fewer where a control group grants
  /// less time than that.
  package static var usableProcessors: Int {
    let granted = processorQuota.map { max(1, Int($0.rounded(.up))) } ?? Int.max
    return min(ProcessInfo.processInfo.activeProcessorCount, granted)
  }

  /// Memory of the machine, in bytes; `nil` where the kernel does not say.
  package static var memory: Int? { memoryField("MemTotal:") }

  /// Memory that could be had without swapping, in bytes; `nil` where the kernel does not say.
  package static var availableMemory: Int? { memoryField("MemAvailable:") }

  /// The least memory limit of the control groups that this process is in, in bytes; `nil`
  /// without one.
  package static var memoryLimit: Int? {
    let unified = groupFolders(controller: "").compactMap { number(in: $0 + "/memory.max") }
    let older = groupFolders(controller: "memory")
      .compactMap { number(in: $0 + "/memory.limit_in_bytes") }
      .filter { $0 < 1 << 60 }  // what version 1 shows where there is no limit
    return (unified + older).min()
  }

  /// What is left of each of these limits; files' pages are given back when memory is short, so they
  /// do not count as taken.
  static var groupLimits: [MemoryLimit] {
    let unified = groupFolders(controller: "").compactMap { folder in
      left(folder, "memory.max", used: "memory.current", files: ["inactive_file", "active_file"])
    }
    let older = groupFolders(controller: "memory").compactMap { folder in
      left(
        folder, "memory.limit_in_bytes", used: "memory.usage_in_bytes",
        files: ["total_inactive_file", "total_active_file"])
    }
    return unified + older
  }

  private static func left(
    _ folder: String, _ limit: String, used: String, files: [String]
  ) -> MemoryLimit? {
    guard let limit = number(in: folder + "/" + limit), limit < 1 << 60 else { return nil }
    let statistics = systemText(folder + "/memory.stat")?.split(separator: "\n") ?? []
    let cached = statistics.reduce(0) { sum, line in
      let fields = line.split(separator: " ")
      guard fields.count == 2, files.contains(String(fields[0])) else { return sum }
      return sum + (Int(fields[1]) ?? 0)
    }
    let taken = max(0, (number(in: folder + "/" + used) ?? 0) - cached)
    return MemoryLimit(
      free: limit - taken, source: "the \(bytesText(limit)) of the control group")
  }

  /// Processors' worth of time that the control groups grant; `nil` without a limit.
  private static var processorQuota: Double? {
    groupFolders(controller: "").compactMap { folder -> Double? in
      let fields = systemText(folder + "/cpu.max")?.split { $0 == " " || $0 == "\n" } ?? []
      guard fields.count == 2, let quota = Double(fields[0]), let period = Double(fields[1]),
        period > 0
      else { return nil }
      return quota / period
    }.min()
  }

  /// The folders of the control group of this process and of those above it; the empty controller
  /// is that of version 2.
  private static func groupFolders(controller: String) -> [String] {
    let root = controller.isEmpty ? "/sys/fs/cgroup" : "/sys/fs/cgroup/" + controller
    let lines = (systemText("/proc/self/cgroup") ?? "").split(separator: "\n")
    let own = lines.first { line in
      let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      return fields.count == 3 && fields[1].split(separator: ",").first ?? "" == controller
    }
    let components = own?.split(separator: ":").last?.split(separator: "/") ?? []
    return (0...components.count).map { depth in
      ([root] + components.prefix(depth).map(String.init)).joined(separator: "/")
    }
  }

  private static func number(in path: String) -> Int? {
    systemText(path)?.split(separator: "\n").first.flatMap { Int($0) }
  }

  private static func memoryField(_ name: String) -> Int? {
    let line = systemText("/proc/meminfo")?.split(separator: "\n").first { $0.hasPrefix(name) }
    return line?.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 * 1024 }
  }

  private static func processorField(_ name: String) -> String? {
    let line = systemText("/proc/cpuinfo")?.split(separator: "\n").first { $0.hasPrefix(name) }
    return line?.split(separator: ":", maxSplits: 1).dropFirst().first
      .map { String($0.drop { $0 == " " }) }
  }
}
