import Strata
import StrataLab

/// The exit statuses of the process; the numbers come from `sysexits.h`.
enum ExitStatus: Int32 {
  /// A check failed, or training diverged.
  case failed = 1
  /// Wrong usage.
  case usage = 64
  /// A bad data or model file.
  case badData = 65
  /// A missing file or data set.
  case notFound = 66
  /// The operating system refused to read or write.
  case inputOutput = 74
  /// Interrupted by a signal and saved.
  case interrupted = 75

  /// The status of our errors; `nil` for those of the option parser, which has its own.
  init?(_ error: any Error) {
    switch error {
    case is ConfigurationError, is TrialTooLarge: self = .usage
    case is DivergenceError, is CheckFailure, is SearchFailure:
      self = .failed
    case is Stopped: self = .interrupted
    case let error as DataError:
      switch error.kind {
      case .notFound: self = .notFound
      case .malformed: self = .badData
      case .inputOutput: self = .inputOutput
      }
    default: return nil
    }
  }
}

/// A failed check; its details are already printed.
struct CheckFailure: Error, CustomStringConvertible {
  /// What failed, one sentence.
  let description: String
}
