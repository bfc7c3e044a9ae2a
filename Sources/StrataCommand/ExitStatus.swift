import Strata
import StrataLab

/// What the process tells its caller; the numbers are those of `sysexits.h`.
enum ExitStatus: Int32 {
  /// A check that was asked for failed, or training diverged.
  case failed = 1
  /// Wrong usage.
  case usage = 64
  /// A data or model file that is not what it should be.
  case badData = 65
  /// A file or data set that is not there.
  case notFound = 66
  /// The operating system refused to read or write.
  case inputOutput = 74
  /// A signal came, and what was done is saved.
  case interrupted = 75

  /// The status of an error of ours; `nil` for those of the option parser, which knows its own.
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

/// A check that was asked for and failed; its details are already printed.
struct CheckFailure: Error, CustomStringConvertible {
  /// What failed, one sentence.
  let description: String
}
