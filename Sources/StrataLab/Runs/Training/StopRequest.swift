import CLibrary
import Synchronization

/// Set when a signal, such as that of Ctrl-C, requests a graceful stop.
///
/// A second signal ends the process at once, as without a handler.
package enum StopRequest {
  /// Begins to listen; signals that are ignored stay ignored.
  package static func watch() {
    made.store(0, ordering: .sequentiallyConsistent)
    for number in [SIGINT, SIGTERM, SIGHUP] where !isIgnored(number) {
      var action = sigaction()
      action.__sigaction_handler.sa_handler = noteOrEnd
      action.sa_flags = SA_RESTART
      sigaction(number, &action, nil)
    }
  }

  /// Whether a signal has come.
  package static var isMade: Bool { made.load(ordering: .sequentiallyConsistent) != 0 }

  /// Ends the process by the signal that has come.
  package static func endProcess() {
    end(by: made.load(ordering: .sequentiallyConsistent))
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    sigaction(number, nil, &action)
    // Functions cannot be compared, their addresses can.
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
      == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}

/// The first signal that has come; lock-free, and made before any handler is there.
private let made = Atomic<Int32>(0)

/// Calls nothing but functions that are safe in a handler (signal-safety(7)).
private func noteOrEnd(_ number: Int32) {
  if made.exchange(number, ordering: .sequentiallyConsistent) != 0 { end(by: number) }
}

private func end(by number: Int32) {
  signal(number, SIG_DFL)
  raise(number)
}
