internal import Synchronization

extension ThreadPool {
  /// Calls `body` for every block of at most `size` of `0..<count`; threads take blocks as they come
  /// free, and one block alone is the caller's.
  ///
  /// `body` gets the index of a thread, so that each can have memory to itself.
  func run(
    blocksOf size: Int, in count: Int, _ body: @escaping @Sendable (Int, Range<Int>) -> Void
  ) {
    guard count > 0 else { return }
    guard count > size else { return body(0, 0..<count) }
    let blocks = (count + size - 1) / size
    let next = Counter()
    run { thread in
      while case let block = next.take(), block < blocks {
        body(thread, block * size..<min((block + 1) * size, count))
      }
    }
  }
}

/// Hands out 0, 1, 2, … to the threads.
private final class Counter: Sendable {
  private let value = Atomic<Int>(0)

  func take() -> Int {
    value.add(1, ordering: .relaxed).oldValue
  }
}
