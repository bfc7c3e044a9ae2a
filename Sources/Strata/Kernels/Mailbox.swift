internal import CStrataKernels
internal import Glibc
internal import Synchronization

/// Where the threads of a pool find their next piece of work.
///
/// Between two pieces of a training step a few microseconds pass, far less than waking a thread
/// takes; so a thread that has finished looks for the next piece for a while before it sleeps.
///
/// `@unchecked Sendable`: `body` is written before `generation` is advanced and read by workers
/// after they have seen that, and is not written again before all of them have finished; the rest
/// is atomic or belongs to the lock.
final class Mailbox: @unchecked Sendable {
  private let generation = Atomic<Int>(0)
  private let unfinished = Atomic<Int>(0)
  private let sleepers = Atomic<Int>(0)
  private let isStopped = Atomic<Bool>(false)
  private var body: @Sendable (Int) -> Void = { _ in }
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let wake = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  /// How often a waiting thread looks before it sleeps or yields: some 50 µs.
  private static let patience = 2_000

  init() {
    pthread_mutex_init(lock, nil)
    pthread_cond_init(wake, nil)
  }

  deinit {
    pthread_mutex_destroy(lock)
    pthread_cond_destroy(wake)
    lock.deallocate()
    wake.deallocate()
  }

  // MARK: The owner's side

  /// Gives the workers their next piece.
  func post(_ body: @escaping @Sendable (Int) -> Void, workers: Int) {
    self.body = body
    unfinished.store(workers, ordering: .relaxed)
    advance()
  }

  /// Returns when every worker has finished its piece.
  func waitForWorkers() {
    var looks = 0
    while unfinished.load(ordering: .acquiring) > 0 {
      looks += 1
      if looks < Self.patience { strata_spin_hint() } else { sched_yield() }
    }
  }

  /// Lets every worker's thread end.
  func stop() {
    isStopped.store(true, ordering: .sequentiallyConsistent)
    advance()
  }

  private func advance() {
    generation.add(1, ordering: .sequentiallyConsistent)
    guard sleepers.load(ordering: .sequentiallyConsistent) > 0 else { return }
    pthread_mutex_lock(lock)
    pthread_cond_broadcast(wake)
    pthread_mutex_unlock(lock)
  }

  // MARK: The workers' side

  /// Runs one piece after the other until the pool is stopped.
  func work(as index: Int) {
    var seen = 0
    while true {
      seen = waitForGeneration(after: seen)
      if isStopped.load(ordering: .sequentiallyConsistent) { return }
      body(index)
      unfinished.subtract(1, ordering: .acquiringAndReleasing)
    }
  }

  private func waitForGeneration(after seen: Int) -> Int {
    for _ in 0..<Self.patience {
      let current = generation.load(ordering: .acquiring)
      if current != seen { return current }
      strata_spin_hint()
    }
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    sleepers.add(1, ordering: .sequentiallyConsistent)
    defer { sleepers.subtract(1, ordering: .sequentiallyConsistent) }
    while true {
      let current = generation.load(ordering: .sequentiallyConsistent)
      if current != seen { return current }
      pthread_cond_wait(wake, lock)
    }
  }
}
