import CLibrary

/// A value that several threads use in turn.
///
/// Like `Mutex` of the standard library, whose lock the thread sanitizer does not see on Linux: it
/// would call every use a race.
///
/// `@unchecked Sendable`: the value is used by the one thread that holds the lock.
package final class Locked<Value>: @unchecked Sendable {
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private var value: Value

  /// Guards a value.
  package init(_ value: sending Value) {
    self.value = value
    pthread_mutex_init(lock, nil)
  }

  deinit {
    pthread_mutex_destroy(lock)
    lock.deallocate()
  }

  /// Uses the value while no other thread does.
  package func withLock<Result>(
    _ body: (inout Value) throws -> sending Result
  ) rethrows -> sending Result {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    return try body(&value)
  }
}
