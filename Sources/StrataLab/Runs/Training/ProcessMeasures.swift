import CLibrary

/// The time and memory of this process so far.
package enum ProcessMeasures {
  /// Seconds since the process was started, in the kernel's ticks of a hundredth; since the first
  /// call where the kernel does not say.
  package static var totalSeconds: Double {
    secondsSinceBoot - startSeconds
  }

  /// The most memory that was resident at once, in bytes.
  package static var peakMemory: Int {
    let line = systemText("/proc/self/status")?.split(separator: "\n")
      .first { $0.hasPrefix("VmHWM:") }
    if let kibibytes = line?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) {
      return kibibytes * 1024
    }
    var usage = rusage()
    getrusage(RUSAGE_SELF.rawValue, &usage)
    return usage.ru_maxrss * 1024
  }

  /// Field 22 of `/proc/self/stat`; the name of the program, field 2, may hold anything, so the
  /// fields are counted from its last parenthesis.
  private static let startSeconds: Double = {
    let fields = systemText("/proc/self/stat")?.split(separator: ")").last?.split(separator: " ")
    guard let fields, fields.count > 19, let ticks = Double(fields[19]) else {
      return secondsSinceBoot
    }
    return ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
  }()

  private static var secondsSinceBoot: Double {
    var time = timespec()
    clock_gettime(CLOCK_BOOTTIME, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
