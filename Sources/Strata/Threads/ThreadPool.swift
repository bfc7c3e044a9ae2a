internal import CLibrary

/// A fixed number of threads that run pieces of work together.
///
/// A job is a closure that is called once for every index from 0 up to the number of threads; which
/// part of the work an index stands for is the closure's affair, and must not change a result.
package final class ThreadPool: Sendable {
  /// Threads that share a job, the caller's included.
  package let count: Int
  private let queue: JobQueue
  private let workers: [pthread_t]

  /// Starts `count − 1` threads, or as many as the system allows.
  package convenience init(count: Int) {
    self.init(count: count, start: startThread)
  }

  /// Starts as many threads as a caller asked for, or as the system allows.
  ///
  /// - Throws: `ConfigurationError` for less than one.
  convenience init(threads: Int) throws {
    guard threads >= 1 else {
      throw ConfigurationError(setting: "threads", expected: "at least 1", found: "\(threads)")
    }
    self.init(count: threads)
  }

  /// Starts threads by a function that gives `nil` where the system refuses one.
  init(count: Int, start: ThreadStart) {
    var wanted = max(1, count)
    while true {
      let queue = JobQueue(count: wanted)
      let workers = startWorkers(of: queue, count: wanted - 1, start)
      if workers.count == wanted - 1 {
        self.count = wanted
        self.queue = queue
        self.workers = workers
        return
      }
      end(workers, of: queue)
      wanted = workers.count + 1
    }
  }

  deinit { end(workers, of: queue) }

  /// Calls `body` once for every index, in parallel, and waits for all.
  ///
  /// Nothing is allocated: a closure that exists already is only referred to.
  package func run(_ body: @escaping @Sendable (Int) -> Void) {
    guard count > 1 else { return body(0) }
    queue.perform(body)
  }
}

/// What starts a thread; `nil` where the system refuses.
typealias ThreadStart = (@escaping @Sendable () -> Void) -> pthread_t?

/// Starts threads that work for a queue, until the system refuses one.
private func startWorkers(
  of queue: JobQueue, count: Int, _ start: ThreadStart
) -> [pthread_t] {
  var workers: [pthread_t] = []
  while workers.count < count {
    let index = workers.count + 1
    guard let worker = start({ queue.work(as: index) }) else { break }
    workers.append(worker)
  }
  return workers
}

private func end(_ workers: [pthread_t], of queue: JobQueue) {
  queue.stop()
  for worker in workers { pthread_join(worker, nil) }
}
