import ArgumentParser
import Foundation
import Strata

/// Looks for widths and batch sizes that take longer than their neighbours.
struct SweepBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "Measures widths and batch sizes against the line through their neighbours.",
    discussion: "Example: strata-benchmarks sweep")

  @OptionGroup var options: SampleOptions

  @Option(help: "Threads that share a step.")
  var threads = 2

  func validate() throws { try requirePositive(threads, "threads") }

  private static let sizes =
    Array(1...20)
    + [24, 31, 32, 33, 40, 47, 48, 49, 50, 51, 63, 64, 65, 80, 95, 96, 97, 99, 100, 101, 127, 128]
    + [129, 160, 191, 192, 193, 255, 256, 257, 320, 384, 511, 512, 513, 640, 767, 768, 769, 896]
    + [1023, 1024, 1025, 1280, 1535, 1536, 1537, 1792, 2047, 2048, 2049]

  func run() throws {
    let kernels = try chosenKernels()
    print("kernels: \(kernels.name), \(threads) threads; time over the line through the neighbours")
    try sweep("width w of 3072-w-10, batches of 100", kernels) {
      Workload(hidden: [$0], batchSize: 100, steps: 20)
    }
    try sweep("width w of 3072-256-w-10, batches of 100", kernels) {
      Workload(hidden: [256, $0], batchSize: 100, steps: 20)
    }
    try sweep("batch size of 3072-50-50-10", kernels) {
      Workload(hidden: [50, 50], normalization: .none, batchSize: $0, steps: 4)
    }
  }

  private func sweep(
    _ title: String, _ kernels: KernelSet, _ workload: (Int) -> Workload
  ) throws {
    let times = try Self.sizes.map { size in
      let workload = workload(size)
      let data = try workload.data()
      let steps = min(2000, max(20, Int(1e9 / workload.operations)))
      return try (0..<options.samples).map { _ in
        try workload.secondsPerStep(steps: steps, data: data, threads: threads, kernels: kernels)
      }.min() ?? 0
    }
    print("\n\(title)")
    printHead(["size", "µs a step", "over the line"])
    var worst = 0.0
    for index in 1..<Self.sizes.count - 1 {
      let ratio = times[index] / line(times, at: index)
      worst = max(worst, ratio)
      printRow([
        "\(Self.sizes[index])", String(format: "%.1f", times[index] * 1e6),
        String(format: "%.2f", ratio),
      ])
    }
    print(String(format: "largest: %.2f", worst))
  }

  /// What the neighbours of a size let expect.
  private func line(_ times: [Double], at index: Int) -> Double {
    let (low, size, high) = (Self.sizes[index - 1], Self.sizes[index], Self.sizes[index + 1])
    let share = Double(size - low) / Double(high - low)
    return times[index - 1] + share * (times[index + 1] - times[index - 1])
  }
}
