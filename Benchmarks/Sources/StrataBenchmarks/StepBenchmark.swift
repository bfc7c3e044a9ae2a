import ArgumentParser
import Strata

/// Measures whole update steps.
struct StepBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "steps",
    abstract: "Measures update steps on one and on several threads.",
    discussion: "Example: strata-benchmarks steps --precision bf16")

  @OptionGroup var options: SampleOptions

  @Option(help: "Threads of the second measurement.")
  var threads = 2

  @Option(help: "The numbers that products multiply, float32 or bf16.")
  var precision = Precision.float32

  func validate() throws { try requirePositive(threads, "threads") }

  private static let workloads = [
    ("3072-50-50-10", Workload(hidden: [50, 50], batchSize: 100), 1000),
    ("9 layers", Workload(hidden: [50, 30, 20, 20, 10, 10, 10, 10], batchSize: 100), 1000),
    (
      "3072-2048-2048-2048-10",
      Workload(hidden: [2048, 2048, 2048], batchSize: 128, steps: 15), 30
    ),
  ]

  func run() throws {
    let kernels = try chosenKernels()
    try kernels.check(precision)
    print("kernels: \(kernels.name), \(precision.rawValue)")
    printHead(["network", "threads", "ms a step", "GFLOP/s", "share of the peak, %"])
    for (name, workload, steps) in Self.workloads {
      let data = try workload.data()
      for threads in Set([1, threads]).sorted() {
        var times: [Double] = []
        var shares: [Double] = []
        for _ in 0..<options.samples {
          let peak = peakSpeed(kernels, precision: precision, threads: threads)
          let time = try workload.secondsPerStep(
            steps: steps, data: data, threads: threads, kernels: kernels,
            precision: precision)
          times.append(time)
          shares.append(100 * workload.operations / time / peak)
        }
        printRow([
          name, "\(threads)", Samples(times.map { $0 * 1e3 }).text(3),
          Samples(times.map { workload.operations / $0 * 1e-9 }).text(0), Samples(shares).text(1),
        ])
      }
    }
  }
}
