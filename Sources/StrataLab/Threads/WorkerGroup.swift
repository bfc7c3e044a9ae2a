import CLibrary
import Dispatch
import Strata

/// Threads that do the same kind of work until there is no more, or one of them fails.
package final class WorkerGroup: Sendable {
  private let group = DispatchGroup()
  private let failure = Locked<(any Error)?>(nil)
  private let shouldStop: @Sendable () -> Bool

  /// A group without threads.
  ///
  /// - Parameter shouldStop: Whether the caller wants it to stop.
  package init(shouldStop: @escaping @Sendable () -> Bool) {
    self.shouldStop = shouldStop
  }

  /// Whether the threads are to give up what they do: on a wish from outside, or since one failed.
  package var isStopped: Bool { shouldStop() || failure.withLock { $0 != nil } }

  /// Starts threads, each of which does the work once, and tells how far it is until all have.
  ///
  /// Where the system refuses threads there are fewer; where it gives none, the caller does the work.
  ///
  /// - Parameter observe: Called several times a second, but not while the caller works; and at the
  ///   end.
  /// - Throws: What the first thread that failed threw.
  package func perform(
    on threads: Int, _ work: @escaping @Sendable () throws -> Void, observe: () -> Void
  ) throws {
    let work: @Sendable () -> Void = { [self] in
      do {
        try work()
      } catch {
        failure.withLock { $0 = $0 ?? error }
      }
    }
    let started = (0..<threads).prefix { _ in group.start(work) }
    if started.isEmpty { work() }
    while group.wait(timeout: .now() + 0.1) == .timedOut { observe() }
    observe()
    if let failure = failure.withLock({ $0 }) { throw failure }
  }
}
