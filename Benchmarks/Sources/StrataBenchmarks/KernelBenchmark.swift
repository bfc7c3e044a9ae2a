import ArgumentParser
@_spi(Benchmarks) import Strata

/// Measures the matrix products of the layers that matter against the peak of one core.
struct KernelBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kernels",
    abstract: "Measures the matrix products on one core, and their share of its peak.",
    discussion: "Example: STRATA_KERNEL=avx2 strata-benchmarks kernels")

  @OptionGroup var options: SampleOptions

  /// Rows, inputs and units: the layers of 3072-50-50-10 and of 3072-2048-2048-2048-10.
  private static let shapes = [
    (100, 3072, 50), (100, 50, 50), (100, 50, 10), (128, 3072, 2048), (128, 2048, 2048),
  ]

  func run() throws {
    let kernels = try chosenKernels()
    print("kernels: \(kernels.name), one core")
    printHead(["product", "rows × inputs × units", "GFLOP/s", "share of the peak, %"])
    for (rows, inputs, units) in Self.shapes {
      for kind in ProductWorkload.Kind.allCases {
        let workload = ProductWorkload(
          kind, rows: rows, inputs: inputs, units: units, kernels: kernels)
        let (speeds, shares) = measure(workload, kernels: kernels)
        printRow([
          kind.rawValue, "\(rows) × \(inputs) × \(units)", speeds.text(0), shares.text(1),
        ])
      }
    }
  }

  /// A product and the peak in turn, so that both meet the processor at the same clock rate.
  private func measure(
    _ workload: ProductWorkload, kernels: KernelSet
  ) -> (speeds: Samples, shares: Samples) {
    var speeds: [Double] = []
    var shares: [Double] = []
    for _ in 0..<options.samples {
      let peak = peakSpeed(kernels)
      let time = sample(count: 1) { workload.run() }[0]
      speeds.append(workload.operations / time * 1e-9)
      shares.append(100 * workload.operations / time / peak)
    }
    return (Samples(speeds), Samples(shares))
  }
}
