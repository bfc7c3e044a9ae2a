import Dispatch
import Strata

/// A value that another thread computes while its owner goes on; the owner itself where the system
/// refuses a thread.
final class Future<Value: Sendable>: Sendable {
  private let result = Locked<Value?>(nil)
  private let group = DispatchGroup()

  /// Begins to compute the value.
  init(_ compute: @escaping @Sendable () -> Value) {
    let work: @Sendable () -> Void = { [result] in
      let value = compute()
      result.withLock { $0 = value }
    }
    if !group.start(work) { work() }
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
