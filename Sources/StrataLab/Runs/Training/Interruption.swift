import CLibrary
import Synchronization

/// What the signals that end a process, such as that of Ctrl-C, do to a report that is not written yet.
///
/// The handler removes the empty folder and lets the signal do what it does without a handler. The
/// process has one handler for a signal, so one folder at a time is watched.
enum Interruption {
  private static let signals = [SIGINT, SIGTERM, SIGHUP]

  /// Removes the folder when a signal comes; signals that are ignored stay ignored.
  static func watch(emptyFolder path: String?) {
    let copy = path.flatMap { strdup($0) }
    state.folder.store(Int(bitPattern: copy), ordering: .sequentiallyConsistent)
    for number in signals where !isIgnored(number) {
      var action = sigaction()
      action.__sigaction_handler.sa_handler = removeAndEnd
      action.sa_flags = SA_RESTART
      sigaction(number, &action, nil)
    }
  }

  /// Lets signals wait, while a folder is not empty.
  static func hold() {
    state.isHeld.store(true, ordering: .sequentiallyConsistent)
  }

  /// Ends the watch, and the process where a signal has waited.
  static func release() {
    state.isHeld.store(false, ordering: .sequentiallyConsistent)
    let folder = state.folder.exchange(0, ordering: .sequentiallyConsistent)
    let waiting = state.waiting.exchange(0, ordering: .sequentiallyConsistent)
    for number in signals where !isIgnored(number) { signal(number, SIG_DFL) }
    free(UnsafeMutableRawPointer(bitPattern: folder))
    if waiting != 0 { raise(waiting) }
  }

  static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    sigaction(number, nil, &action)
    // Functions cannot be compared, their addresses can.
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
      == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}

/// What the handler reads: lock-free, and made before any handler is there.
private struct InterruptionState: ~Copyable, Sendable {
  /// The address of the folder's path in C; 0 where there is none.
  let folder = Atomic<Int>(0)
  let isHeld = Atomic(false)
  let waiting = Atomic<Int32>(0)
}

private let state = InterruptionState()

/// Calls nothing but functions that are safe in a handler (signal-safety(7)).
private func removeAndEnd(_ number: Int32) {
  if state.isHeld.load(ordering: .sequentiallyConsistent) {
    state.waiting.store(number, ordering: .sequentiallyConsistent)
    return
  }
  let folder = state.folder.load(ordering: .sequentiallyConsistent)
  if let path = UnsafePointer<CChar>(bitPattern: folder) { rmdir(path) }
  signal(number, SIG_DFL)
  raise(number)
}
