import ArgumentParser
import Strata

/// Measures whole update steps.
struct StepBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "steps",
    abstract: "Measures update steps on one and on several threads.",
    discussion: "Example: strata-benchmarks steps --threads 2")

  @OptionGroup var options: SampleOptions

  @Option(help: "Threads of the second measurement.")
  var threads = 2

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
    print("kernels: \(kernels.name)")
    printHead(["network", "threads", "ms a step", "GFLOP/s", "share of the peak, %"])
    for (name, workload, steps) in Self.workloads {
      let data = try workload.data()
      for threads in Set([1, threads]).sorted() {
        var times: [Double] = []
        var shares: [Double] = []
        for _ in 0..<options.samples {
          let peak = peakSpeed(kernels, threads: threads)
          let time = try workload.secondsPerStep(
            steps: steps, data: data, threads: threads, kernels: kernels)
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
