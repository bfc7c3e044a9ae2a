import Glibc

/// What happens when a data file turns out to be shorter than it was, or its disk does not give a
/// piece of it, while the program reads its mapped pages.
///
/// The operating system sends SIGBUS then, and no read is there that could throw. Data sets are
/// mapped all the same: a copy would cost each process of a search as much memory as the files are
/// long.
enum MappedFileFault {
  /// Lets SIGBUS end the process like any other read that fails.
  static func becomeExitStatus() {
    signal(SIGBUS) { _ in
      // Calls nothing but functions that are safe in a handler (signal-safety(7)).
      let sentence: StaticString = """

        strata: data: expected files that stay as they are while they are used, found one that was \
        made shorter or cannot be read; get it again.

        """
      _ = write(STDERR_FILENO, sentence.utf8Start, sentence.utf8CodeUnitCount)
      _exit(ExitStatus.inputOutput.rawValue)
    }
  }
}
