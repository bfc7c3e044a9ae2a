import Strata

extension Trainer {
  /// Makes update steps until the last, with pauses on the way: the loop of `train`, `search` and
  /// `reproduce`.
  ///
  /// - Parameters:
  ///   - isDue: Asked after each update step, whose number it gets, whether to pause.
  ///   - pause: What is done at a pause; `false` ends the loop.
  /// - Throws: `Stopped` when the run is to stop, `DivergenceError`, and what `pause` and the
  ///   callbacks throw.
  func run(
    _ callbacks: RunCallbacks, isDue: (Int) -> Bool = { _ in false },
    pause: () throws -> Bool = { true }
  ) throws {
    while !isFinished {
      try run(
        pausingWhen: { callbacks.shouldStop() || isDue($0) }, observe: callbacks.observe)
      if isFinished { return }
      if callbacks.shouldStop() { throw Stopped() }
      if try !pause() { return }
    }
  }
}
