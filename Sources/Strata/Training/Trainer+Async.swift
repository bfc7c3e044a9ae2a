internal import CLibrary
internal import Synchronization

extension Trainer {
  /// The events of the asynchronous run that follows, until it ends; of a finished run none.
  ///
  /// Every call gives a sequence of its own.
  public func events() -> AsyncStream<TrainingEvent> {
    let (stream, continuation) = AsyncStream.makeStream(of: TrainingEvent.self)
    if isFinished { continuation.finish() } else { listeners.withLock { $0.append(continuation) } }
    return stream
  }

  /// Trains to the end on its own thread and suspends the caller.
  ///
  /// A finished run leaves `model.safetensors` in the folder. When the task is cancelled, the step at
  /// hand is finished and `checkpoint.safetensors` is written there, from which
  /// ``init(resuming:_:data:isProlonged:threads:kernels:)`` goes on.
  ///
  /// - Parameter folder: An existing folder; `nil`: nothing is saved.
  /// - Throws: `CancellationError` when the task is cancelled, `DivergenceError` at the first number that
  ///   is not finite, `DataError` when a file cannot be written or the system refuses a thread.
  public func run(savingTo folder: String? = nil) async throws {
    defer { finishListeners() }
    let stop = StopFlag()
    try await withTaskCancellationHandler {
      try await onOwnThread {
        try self.run(pausingWhen: { _ in stop.isSet }) { event in
          self.listeners.withLock { for listener in $0 { listener.yield(event) } }
        }
        try self.save(to: folder)
      }
    } onCancel: {
      stop.set()
    }
    if !isFinished { throw CancellationError() }
  }

  /// Writes the model of a finished run, or the checkpoint of another.
  private func save(to folder: String?) throws {
    guard let folder else { return }
    let checkpointPath = path(folder, "checkpoint.safetensors")
    guard isFinished else {
      let origin = Checkpoint.Origin(dataName: data.training.name, kernel: kernelName)
      return try checkpoint(origin: origin).write(toFile: checkpointPath)
    }
    try model().write(toFile: path(folder, "model.safetensors"))
    unlink(checkpointPath)
  }

  /// Ends the sequences of events.
  func finishListeners() {
    let finished = listeners.withLock { listeners in
      defer { listeners = [] }
      return listeners
    }
    for listener in finished { listener.finish() }
  }
}

/// Runs `body` on a new thread, so that no thread of the caller's pool is taken.
private func onOwnThread(_ body: @escaping @Sendable () throws -> Void) async throws {
  try await withCheckedThrowingContinuation { continuation in
    let thread = startThread { continuation.resume(with: Result(catching: body)) }
    guard let thread else {
      return continuation.resume(
        throwing: DataError(
          writing: "training", errno: errno, expected: "a thread of the operating system"))
    }
    pthread_detach(thread)
  }
}

/// Set when a run must stop.
private final class StopFlag: Sendable {
  private let flag = Atomic(false)

  var isSet: Bool { flag.load(ordering: .relaxed) }

  func set() { flag.store(true, ordering: .relaxed) }
}
