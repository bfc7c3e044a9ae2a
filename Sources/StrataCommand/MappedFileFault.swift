import CLibrary

/// Turns SIGBUS into an exit status: the operating system sends it when the program reads a mapped
/// data file that was truncated or whose disk fails.
///
/// Data sets are mapped because a copy would cost each process of a search the size of the files.
enum MappedFileFault {
  /// Lets SIGBUS end the process like any other read that fails.
  static func becomeExitStatus() {
    signal(SIGBUS) { _ in
      // Calls nothing but functions that are safe in a handler (signal-safety(7)).
      let sentence: StaticString = """

        strata: data: expected files that do not change during use, found one that was truncated or \
        cannot be read; get it again.

        """
      _ = write(STDERR_FILENO, sentence.utf8Start, sentence.utf8CodeUnitCount)
      _exit(ExitStatus.inputOutput.rawValue)
    }
  }
}
