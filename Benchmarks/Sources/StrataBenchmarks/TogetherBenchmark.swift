import ArgumentParser
import Foundation
import Strata
import Synchronization

/// Measures what runs on one thread each lose when a neighbour runs on the other core.
struct TogetherBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "together",
    abstract: "Measures single-threaded runs alone and several at once.",
    discussion: "Example: strata-benchmarks together --runs 2")

  @OptionGroup var options: SampleOptions

  @Option(help: "Runs at once.")
  var runs = 2

  func validate() throws { try requirePositive(runs, "runs") }

  func run() throws {
    let kernels = try chosenKernels()
    let workload = Workload(hidden: [50, 50], batchSize: 100)
    let data = try workload.data()
    let time: @Sendable () throws -> Double = {
      try workload.secondsPerStep(steps: 2000, data: data, threads: 1, kernels: kernels)
    }
    var alone: [Double] = []
    var loss: [Double] = []
    for _ in 0..<options.samples {
      let single = try time()
      let together = Results()
      DispatchQueue.concurrentPerform(iterations: runs) { _ in together.add(Result(catching: time))
      }
      alone.append(single * 1e6)
      loss.append(100 * (try together.mean() / single - 1))
    }
    print("kernels: \(kernels.name), 3072-50-50-10, batches of 100, one thread a run")
    printHead(["what", "median (least to most)"])
    printRow(["one run alone, µs a step", Samples(alone).text(1)])
    printRow(["\(runs) runs at once, more time a step each, %", Samples(loss).text(1)])
  }
}

/// Times that several threads add to.
private final class Results: Sendable {
  private let values = Mutex<[Result<Double, any Error>]>([])

  func add(_ value: Result<Double, any Error>) {
    values.withLock { $0.append(value) }
  }

  /// - Throws: The first error of a run.
  func mean() throws -> Double {
    let values = try values.withLock { try $0.map { try $0.get() } }
    return values.reduce(0, +) / Double(values.count)
  }
}
