package import Strata

/// Callbacks between a run and its caller.
package struct RunCallbacks {
  /// Asked after each update step whether the run is to stop.
  package let shouldStop: () -> Bool
  /// Takes a sentence about what went wrong but does not end the run.
  package let warn: (String) -> Void
  /// Told of update steps and evaluations.
  package let observe: (TrainingEvent) throws -> Void

  /// Creates callbacks; those that are left out do nothing.
  package init(
    shouldStop: @escaping () -> Bool = { false }, warn: @escaping (String) -> Void = { _ in },
    observe: @escaping (TrainingEvent) throws -> Void = { _ in }
  ) {
    self.shouldStop = shouldStop
    self.warn = warn
    self.observe = observe
  }
}
