internal import Glibc

/// A fixed number of threads that run pieces of work together.
///
/// A job is a closure that is called once for every index from 0 up to the number of threads; which
/// part of the work an index stands for is the closure's affair, and must not change a result.
package final class ThreadPool: Sendable {
  /// Threads that share a job, the caller's included.
  package let count: Int
  private let mailbox: Mailbox
  private let workers: [pthread_t]

  /// Starts `count − 1` threads.
  package init(count: Int) {
    self.count = max(1, count)
    let mailbox = Mailbox(count: self.count)
    self.mailbox = mailbox
    workers = (1..<self.count).map { startThread(WorkerTask(mailbox: mailbox, index: $0)) }
  }

  deinit {
    mailbox.stop()
    for worker in workers { pthread_join(worker, nil) }
  }

  /// Calls `body` once for every index, in parallel, and waits for all.
  ///
  /// Nothing is allocated: a closure that exists already is only referred to.
  package func run(_ body: @escaping @Sendable (Int) -> Void) {
    guard count > 1 else { return body(0) }
    mailbox.perform(body)
  }
}

/// What a new thread is told.
private final class WorkerTask: Sendable {
  let mailbox: Mailbox
  let index: Int

  init(mailbox: Mailbox, index: Int) {
    self.mailbox = mailbox
    self.index = index
  }
}

private func startThread(_ task: WorkerTask) -> pthread_t {
  var thread = pthread_t()
  let argument = Unmanaged.passRetained(task).toOpaque()
  let status = pthread_create(
    &thread, nil,
    { argument in
      guard let argument else { return nil }
      let task = Unmanaged<WorkerTask>.fromOpaque(argument).takeRetainedValue()
      task.mailbox.work(as: task.index)
      return nil
    }, argument)
  precondition(status == 0, "the system refused to start a thread")
  return thread
}
