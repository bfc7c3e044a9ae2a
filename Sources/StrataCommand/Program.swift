import ArgumentParser
import Glibc

/// Where the process starts, and the only place where it ends.
@main
enum Program {
  static func main() {
    ignoreSignalsThatErrorsReport()
    do {
      var command = try StrataTool.parseAsRoot()
      try command.run()
    } catch {
      if let status = ExitStatus(error) {
        Console.note("strata: \(error)")
        exit(status.rawValue)
      }
      StrataTool.exit(withError: error)
    }
  }

  /// A closed pipe and a file at its size limit become errors of the write that meets them.
  private static func ignoreSignalsThatErrorsReport() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }
}
