import Dispatch
import Glibc
import Strata
import Synchronization

/// Threads that do the same kind of work until there is no more, or one of them fails.
final class Crew: Sendable {
  private let group = DispatchGroup()
  private let failure = Mutex<(any Error)?>(nil)
  private let shouldStop: @Sendable () -> Bool

  /// A crew without threads.
  ///
  /// - Parameter shouldStop: Whether somebody outside wants it to stop.
  init(shouldStop: @escaping @Sendable () -> Bool) {
    self.shouldStop = shouldStop
  }

  /// Whether the threads are to give up what they do: on a wish from outside, or since one failed.
  var isStopped: Bool { shouldStop() || failure.withLock { $0 != nil } }

  /// Starts threads, each of which does the work once, and tells how far it is until all have.
  ///
  /// - Parameter observe: Called several times a second, and at the end.
  /// - Throws: What the first thread that failed threw.
  func perform(
    on threads: Int, _ work: @escaping @Sendable () throws -> Void, observe: () -> Void
  ) throws {
    for _ in 0..<threads { start(work) }
    while group.wait(timeout: .now() + 0.1) == .timedOut { observe() }
    observe()
    if let failure = failure.withLock({ $0 }) { throw failure }
  }

  /// Starts a thread; one that the system refuses is a failure.
  private func start(_ work: @escaping @Sendable () throws -> Void) {
    group.enter()
    let thread = startThread { [self] in
      do {
        try work()
      } catch {
        fail(error)
      }
      group.leave()
    }
    if let thread {
      pthread_detach(thread)
    } else {
      fail(
        DataError(
          .inputOutput, path: "thread", expected: "a thread for each training at a time",
          found: String(cString: strerror(errno)), hint: "lower --jobs or raise the limits"))
      group.leave()
    }
  }

  private func fail(_ error: any Error) {
    failure.withLock { $0 = $0 ?? error }
  }
}
