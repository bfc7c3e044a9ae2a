import Dispatch
import Synchronization

/// A value that another thread computes while its owner goes on.
final class Background<Value: Sendable>: Sendable {
  private let result = Mutex<Value?>(nil)
  private let group = DispatchGroup()

  /// Begins to compute the value.
  init(_ compute: @escaping @Sendable () -> Value) {
    DispatchQueue.global().async(group: group) { [self] in
      let value = compute()
      result.withLock { $0 = value }
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
