internal import Synchronization

/// Hands out 0, 1, 2, … to whoever asks.
final class Counter: Sendable {
  private let value = Atomic<Int>(0)

  func take() -> Int {
    value.add(1, ordering: .relaxed).oldValue
  }
}
