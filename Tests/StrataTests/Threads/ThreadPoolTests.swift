import Synchronization
import Testing

@testable import Strata

@Suite struct ThreadPoolTests {
  @Test("every thread runs each piece once", arguments: [1, 2, 3, 8])
  func pieces(count: Int) {
    let pool = ThreadPool(count: count)
    let calls = Atomic<Int>(0)
    let indices = Atomic<Int>(0)
    for _ in 0..<1_000 {
      pool.run { index in
        calls.add(1, ordering: .relaxed)
        indices.add(index, ordering: .relaxed)
      }
    }
    #expect(calls.load(ordering: .relaxed) == 1_000 * count)
    #expect(indices.load(ordering: .relaxed) == 1_000 * count * (count - 1) / 2)
  }

  @Test("a pool that has slept wakes up")
  func sleep() async throws {
    let pool = ThreadPool(count: 3)
    let calls = Atomic<Int>(0)
    for _ in 0..<5 {
      try await Task.sleep(for: .milliseconds(20))
      pool.run { _ in calls.add(1, ordering: .relaxed) }
    }
    #expect(calls.load(ordering: .relaxed) == 15)
  }

  @Test("a pool has as many threads as the system allows", arguments: [0, 1, 2])
  func refused(allowed: Int) {
    var asked = 0
    let pool = ThreadPool(count: 8) { work in
      asked += 1
      // The first attempt starts `allowed` threads, the second one only as many.
      return asked == allowed + 1 ? nil : startThread(work)
    }
    #expect(pool.count == allowed + 1)
    let calls = Atomic<Int>(0)
    for _ in 0..<100 { pool.run { _ in calls.add(1, ordering: .relaxed) } }
    #expect(calls.load(ordering: .relaxed) == 100 * pool.count)
  }

  @Test("callers on several threads take turns")
  func owners() async {
    let pool = ThreadPool(count: 2)
    let calls = Calls()
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<4 {
        group.addTask {
          for _ in 0..<200 { pool.run { _ in calls.count.add(1, ordering: .relaxed) } }
        }
      }
    }
    #expect(calls.count.load(ordering: .relaxed) == 4 * 200 * 2)
  }
}

/// A counter that several tasks share.
private final class Calls: Sendable {
  let count = Atomic<Int>(0)
}
