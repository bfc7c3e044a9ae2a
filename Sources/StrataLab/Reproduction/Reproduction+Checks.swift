import Strata

extension Reproduction {
  /// Makes the gradient checks that are not there yet, one after the other.
  ///
  /// - Throws: `ReproductionStopped` when it was to stop, `DataError` when one cannot be kept.
  func makeChecks(
    shouldStop: () -> Bool, observe: (ReproductionProgress) -> Void
  ) throws {
    let missing = parts.flatMap { _, part -> [ReproducedGradient] in
      guard case .gradients(let checks) = part.kind else { return [] }
      return checks.filter { !FileStatus(path: summaryPath(of: $0)).isFile }
    }
    var progress = ReproductionProgress()
    progress.doing = "gradient checks"
    progress.total = missing.count
    for check in missing {
      if shouldStop() { throw ReproductionStopped() }
      observe(progress)
      try ReproducedCheck(check, try report(of: check)).write(to: path(of: check))
      progress.ended += 1
    }
    if !missing.isEmpty { observe(progress) }
  }

  /// Where a gradient check is kept: named, like a run, by everything that it depends on.
  func path(of check: ReproducedGradient) -> String {
    let settings = "\(check.settings) \(check.usesImages)"
    let mark = Digest.sha256.hexadecimal(of: "\(settings)\n\(origin)").prefix(10)
    return Strata.path(folder, "checks/\(mark)")
  }

  private func summaryPath(of check: ReproducedGradient) -> String {
    Strata.path(path(of: check), RunFolder.summaryName)
  }

  private func report(of check: ReproducedGradient) throws -> GradientCheckReport {
    let settings = check.settings
    let kernels = try KernelSet.ofProcess()
    let batch =
      check.usesImages
      ? try GradientCheckBatch(firstRowsOf: data, inputs: settings.inputs, settings)
      : try GradientCheckBatch(randomFor: settings)
    return try GradientCheckReport(settings, on: batch) {
      $0.gradient(inputs: $1, labels: $2, lambda: $3, kernels: kernels).gradient
    }
  }
}
