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

  @Option(help: "Runs at once.")
  var runs = 2

  @Option(help: "Samples.")
  var samples = 7

  func run() throws {
    let kernels = try chosenKernels()
    let workload = Workload(hidden: [50, 50], batchSize: 100)
    let data = try workload.data()
    let time: @Sendable () -> Double = {
      (try? workload.secondsPerStep(steps: 2000, data: data, threads: 1, kernels: kernels)) ?? .nan
    }
    var alone: [Double] = []
    var loss: [Double] = []
    for _ in 0..<samples {
      let single = time()
      let together = Results()
      DispatchQueue.concurrentPerform(iterations: runs) { _ in together.add(time()) }
      alone.append(single * 1e6)
      loss.append(100 * (together.mean / single - 1))
    }
    print("kernels: \(kernels.name), 3072-50-50-10, batches of 100, one thread a run")
    printHead(["what", "median (least to most)"])
    printRow(["one run alone, µs a step", Samples(alone).text(1)])
    printRow(["\(runs) runs at once, more time a step each, %", Samples(loss).text(1)])
  }
}

/// Times that several threads add to.
private final class Results: Sendable {
  private let values = Mutex<[Double]>([])

  func add(_ value: Double) {
    values.withLock { $0.append(value) }
  }

  var mean: Double {
    values.withLock { $0.reduce(0, +) / Double($0.count) }
  }
}
