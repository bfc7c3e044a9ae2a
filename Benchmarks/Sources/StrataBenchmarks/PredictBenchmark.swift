import ArgumentParser
import Foundation
import Strata

/// Measures how long a trained network takes to classify.
struct PredictBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Measures the latency of one image and the images a second of many.",
    discussion: "Example: strata-benchmarks predict --json")

  @OptionGroup var options: SampleOptions

  @Option(help: "Threads that share a large set.")
  var threads = 2

  @Option(help: "The numbers that products multiply, float32 or bf16.")
  var precision = Precision.float32

  @Flag(help: "Print medians as a JSON object.")
  var json = false

  func validate() throws { try requirePositive(threads, "threads") }

  func run() throws {
    let kernels = try chosenKernels()
    let model = try untrainedModel()
    let single = try latencies(of: Classifier(model, kernels: kernels, precision: precision))
    let many = try speeds(
      of: Classifier(model, threads: threads, kernels: kernels, precision: precision))
    if json {
      print(
        String(
          format: "{\"single_microseconds\": %.3f, \"images_per_second\": %.0f}",
          single.median, many.median))
    } else {
      print("kernels: \(kernels.name), \(precision.rawValue), 3072-50-50-10")
      printHead(["what", "median (least to most)"])
      printRow(["one image, µs", single.text(2)])
      printRow(["many images on \(threads) threads, thousands a second", many.text(0)])
    }
  }

  /// The speed does not depend on what the weights are.
  private func untrainedModel() throws -> Model {
    let architecture = try Architecture(
      inputs: 3072, hidden: [50, 50], classes: 10, batchNormalization: .before)
    var stream = RandomStream(seed: 1, for: .weights)
    let network = Network(architecture, initialization: .he, using: &stream)
    return Model(
      network: network,
      standardization: Standardization(
        mean: Array(repeating: 0.5, count: 3072), deviation: Array(repeating: 0.25, count: 3072)),
      classNames: (0..<10).map { "class \($0)" },
      features: .image(ImageShape(channels: 3, height: 32, width: 32)), dataName: "random")
  }

  /// Microseconds of each call; every call has another image.
  private func latencies(of classifier: Classifier) throws -> Samples {
    let images = (0..<1000).map { index in
      (0..<3072).map { UInt8(truncatingIfNeeded: ($0 &* 31) ^ (index &* 7)) }
    }
    var times: [Double] = []
    for _ in 0..<options.samples {
      for image in images {
        times.append(try 1e6 * seconds { _ = try classifier.classify(image) })
      }
    }
    return Samples(times)
  }

  /// Thousands of images a second.
  private func speeds(of classifier: Classifier) throws -> Samples {
    let count = 20_000
    let pixels = (0..<count * 3072).map { UInt8(truncatingIfNeeded: $0 &* 97) }
    let times = try sample(count: options.samples, span: 0.1) {
      _ = try classifier.probabilities(of: pixels)
    }
    return Samples(times.map { Double(count) / $0 * (json ? 1 : 1e-3) })
  }
}
