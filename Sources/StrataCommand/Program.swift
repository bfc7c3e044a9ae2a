import ArgumentParser
import CLibrary
import CMalloc
import Strata
import StrataLab

/// The entry point of the process, and the only place that exits.
@main
enum Program {
  static func main() {
    ignoreSignalsThatErrorsReport()
    unblockSignalsThatEnd()
    openMissingStreams()
    MappedFileFault.becomeExitStatus()
    spareAddresses()
    do {
      try Machine.checkLeastMemory()
      PhysicalMemory.limit(to: Machine.memoryLimits.map(\.free).min() ?? .max)
      var command = try StrataTool.parseAsRoot()
      try command.run()
      try Console.flush()
    } catch {
      if let status = ExitStatus(error) {
        Console.note(sentence(of: error))
        exit(status.rawValue)
      }
      StrataTool.exit(withError: error)
    }
  }

  /// One line, with control characters of files replaced.
  private static func sentence(of error: any Error) -> String {
    let longest = 4096
    return clipped(printableLine("strata: \(error)"), columns: longest)
  }

  /// Lets a closed pipe and a file at its size limit fail the write instead of ending the process.
  private static func ignoreSignalsThatErrorsReport() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }

  /// A parent thread with blocked signals passes the block on; only SIGKILL could end the process
  /// then.
  private static func unblockSignalsThatEnd() {
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, number) }
    sigprocmask(SIG_UNBLOCK, &signals, nil)
  }

  /// If the address space is limited, threads share one heap instead of reserving 64 MiB each.
  private static func spareAddresses() {
    #if canImport(Glibc)
      if Machine.addressLimit != nil { _ = mallopt(M_ARENA_MAX, 1) }
    #endif
  }

  /// Opens /dev/null for closed standard streams: a file opened later would take the stream's number
  /// and receive its text.
  ///
  /// The substitute of standard output is read-only, so that losing results is an error.
  private static func openMissingStreams() {
    var descriptor: Int32
    repeat {
      let isOutput = fcntl(STDIN_FILENO, F_GETFD) >= 0 && fcntl(STDOUT_FILENO, F_GETFD) < 0
      descriptor = open("/dev/null", isOutput ? O_RDONLY : O_RDWR)
    } while (0...STDERR_FILENO).contains(descriptor)
    close(descriptor)
  }
}
