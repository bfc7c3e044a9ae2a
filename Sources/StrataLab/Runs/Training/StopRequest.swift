import CLibrary
import Synchronization

/// The wish of whoever started the process that it stop and keep what it has, told by a signal such
/// as that of Ctrl-C.
///
/// The first signal makes the wish; a second one does what it does without a handler.
package enum StopRequest {
  /// Begins to listen; signals that are ignored stay ignored.
  package static func watch() {
    made.store(false, ordering: .sequentiallyConsistent)
    for number in [SIGINT, SIGTERM, SIGHUP] where !Interruption.isIgnored(number) {
      var action = sigaction()
      action.__sigaction_handler.sa_handler = noteOrEnd
      action.sa_flags = SA_RESTART
      sigaction(number, &action, nil)
    }
  }

  /// Whether a signal has come.
  package static var isMade: Bool { made.load(ordering: .sequentiallyConsistent) }
}

/// Lock-free, and made before any handler is there.
private let made = Atomic(false)

/// Calls nothing but functions that are safe in a handler (signal-safety(7)).
private func noteOrEnd(_ number: Int32) {
  guard made.exchange(true, ordering: .sequentiallyConsistent) else { return }
  signal(number, SIG_DFL)
  raise(number)
}
