internal import CLibrary
internal import CStrataKernels
internal import Synchronization

/// Where the threads of a pool find their next piece of work.
///
/// A job is `count` pieces. A thread takes the piece of its own number first, which keeps its data
/// in its cache, and then any that no thread has begun; so a thread that the system has put aside
/// delays no other, and the owner alone can finish a job.
///
/// Between two jobs of a training step a few microseconds pass, far less than waking a thread
/// takes; so a thread that has nothing to do looks for a while before it sleeps.
///
/// `@unchecked Sendable`: `body` is read by a thread that has claimed a piece and not finished it,
/// and written by the one owner that holds `turn`, when all pieces are finished; the rest is atomic
/// or belongs to `lock`.
final class JobQueue: @unchecked Sendable {
  private let count: Int
  private let turn = Locked<Void>(())
  private let generation = Atomic<Int>(0)
  private let unfinished = Atomic<Int>(0)
  private let sleepers = Atomic<Int>(0)
  private let isStopped = Atomic<Bool>(false)
  private let claims: [Claim]
  private var body: @Sendable (Int) -> Void = { _ in }
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let wake = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  /// How often a waiting thread looks before it sleeps or yields: some 50 µs.
  private static let patience = 2_000

  init(count: Int) {
    self.count = count
    claims = (0..<count).map { _ in Claim() }
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

  /// Has the threads, and the caller, run every piece of `body`; returns when all are finished.
  ///
  /// Callers on several threads take turns.
  func perform(_ body: @escaping @Sendable (Int) -> Void) {
    turn.withLock { _ in performInTurn(body) }
  }

  private func performInTurn(_ body: @escaping @Sendable (Int) -> Void) {
    self.body = body
    unfinished.store(count, ordering: .relaxed)
    let job = advance()
    takePieces(of: job, first: 0)
    var looks = 0
    while unfinished.load(ordering: .acquiring) > 0 {
      looks += 1
      if looks < Self.patience { strata_spin_hint() } else { sched_yield() }
    }
    self.body = { _ in }  // What the closure holds is not kept beyond the job.
  }

  /// Lets every thread end.
  func stop() {
    isStopped.store(true, ordering: .sequentiallyConsistent)
    _ = advance()
  }

  /// Begins the next job and returns its number.
  private func advance() -> Int {
    let job = generation.add(1, ordering: .sequentiallyConsistent).newValue
    guard sleepers.load(ordering: .sequentiallyConsistent) > 0 else { return job }
    pthread_mutex_lock(lock)
    pthread_cond_broadcast(wake)
    pthread_mutex_unlock(lock)
    return job
  }

  // MARK: Every thread's side

  /// Runs pieces of one job after the other until the pool is stopped.
  func work(as index: Int) {
    var seen = 0
    while true {
      seen = waitForJob(after: seen)
      if isStopped.load(ordering: .sequentiallyConsistent) { return }
      takePieces(of: seen, first: index)
    }
  }

  private func takePieces(of job: Int, first: Int) {
    for offset in 0..<count {
      let piece = (first + offset) % count
      guard claims[piece].take(job) else { continue }
      body(piece)
      unfinished.subtract(1, ordering: .acquiringAndReleasing)
    }
  }

  private func waitForJob(after seen: Int) -> Int {
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

/// The number of the last job whose piece of one index was begun.
private final class Claim: Sendable {
  private let job = Atomic<Int>(0)

  /// Whether the caller is the one that begins this piece of `job`.
  func take(_ job: Int) -> Bool {
    self.job.compareExchange(
      expected: job - 1, desired: job, ordering: .acquiringAndReleasing
    ).exchanged
  }
}
