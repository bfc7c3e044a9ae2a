import ArgumentParser
import Foundation
import Strata

/// Measures the library: each figure is a median with the least and the most of several samples.
@main
struct Benchmarks: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "strata-benchmarks",
    abstract: "Measures the kernels, training steps and predictions of Strata.",
    discussion: "Example: strata-benchmarks kernels",
    subcommands: [
      KernelBenchmark.self, StepBenchmark.self, SweepBenchmark.self, PredictBenchmark.self,
      TogetherBenchmark.self,
    ])
}

/// The kernels that STRATA_KERNEL names, else the fastest.
func chosenKernels() throws -> KernelSet {
  try KernelSet.selected(in: ProcessInfo.processInfo.environment)
}
