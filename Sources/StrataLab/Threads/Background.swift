import CLibrary
import Dispatch
import Strata

/// A value that another thread computes while its owner goes on; the owner itself where the system
/// refuses a thread.
final class Background<Value: Sendable>: Sendable {
  private let result = Guarded<Value?>(nil)
  private let group = DispatchGroup()

  /// Begins to compute the value.
  init(_ compute: @escaping @Sendable () -> Value) {
    group.enter()
    let work: @Sendable () -> Void = { [self] in
      let value = compute()
      result.withLock { $0 = value }
      group.leave()
    }
    if let thread = startThread(work) {
      pthread_detach(thread)
    } else {
      work()
    }
  }

  /// Whether the value is there.
  var isDone: Bool { result.withLock { $0 != nil } }

  /// The value; waits for it.
  var value: Value {
    group.wait()
    guard let value = result.withLock({ $0 }) else { preconditionFailure("no value") }
    return value
  }
}
