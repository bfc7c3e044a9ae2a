import Strata
import StrataLab

extension Reproduction {
  /// Makes the gradient checks that are not there yet, one after the other.
  ///
  /// - Throws: `Stopped` when it was to stop, `DataError` when one cannot be kept.
  func makeChecks(
    shouldStop: () -> Bool, observe: (ReproductionProgress) -> Void
  ) throws {
    let missing = parts.flatMap { checks(of: $0.part).filter { !hasEnded($0) } }
    var progress = ReproductionProgress()
    progress.doing = "gradient checks"
    progress.total = missing.count
    for check in missing {
      if shouldStop() { throw Stopped() }
      observe(progress)
      try ReproducedCheck(check, try report(of: check)).write(to: path(of: check))
      progress.ended += 1
    }
    if !missing.isEmpty { observe(progress) }
  }

  /// Where a gradient check is kept: named, like a run, by everything that it depends on.
  func path(of check: ReproducedGradient) -> String {
    let settings = "\(check.settings) \(check.usesImages)"
    let mark = SHA256.hexadecimal(of: "\(settings)\n\(origin)").prefix(10)
    return Strata.path(folder, "checks/\(mark)")
  }

  /// Whether a gradient check has been made.
  func hasEnded(_ check: ReproducedGradient) -> Bool {
    FileStatus(path: Strata.path(path(of: check), RunFolder.summaryName)).isFile
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

extension Reproduction {
  /// The gradients that a part checks, each from every seed that it is made from.
  func checks(of part: ReproductionPart) -> [ReproducedGradient] {
    guard case .gradients(let checks) = part.kind else { return [] }
    return checks.flatMap { check in check.seeds(atMost: seeds).map(check.from) }
  }
}
