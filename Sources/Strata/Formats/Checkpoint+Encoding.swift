extension Checkpoint {
  package static let format = "strata-checkpoint"
  static let formatVersion = "1"
  /// The generators that orders, draws and dropout come from; another version may have others.
  static let generators = "xoshiro256** by SplitMix64, Philox 4x32-10"

  /// The checkpoint as a safetensors file with the digests of its header and tensors.
  ///
  /// The same checkpoint gives the same bytes.
  ///
  /// - Throws: `DataError` when the header would be too long.
  public func safetensors() throws -> [UInt8] {
    var tensors = network.namedTensors + standardization.namedTensors
    tensors += optimizerTensors
    tensors += historyTensors
    tensors.append(NamedTensor("order", shape: [order.count], .words(order)))
    return try Safetensors.encodeWithDigests(tensors, metadata: metadata)
  }

  private var optimizerTensors: [NamedTensor] {
    optimizerState.enumerated().flatMap { index, vector in
      network.parameterTensors(of: vector, prefix: Self.optimizerPrefix(index))
    }
  }

  static func optimizerPrefix(_ index: Int) -> String { "optimizer.\(index)." }

  private var historyTensors: [NamedTensor] {
    let columns = history.first?.numbers.count ?? 0
    return [
      NamedTensor(
        "history.steps", shape: [history.count], .integers(history.map { Int64($0.step) })),
      NamedTensor(
        "history.values", shape: [history.count, columns], .doubles(history.flatMap(\.numbers))),
    ]
  }

  private var metadata: [String: String] {
    [
      "format": Self.format,
      "format_version": Self.formatVersion,
      "version": origin.version,
      "kernel": origin.kernel,
      "architecture": network.architecture.json.text,
      "settings": settings.text,
      "recipe": origin.recipe,
      "data": origin.dataName,
      "data_sha256": origin.dataDigest,
      "step": String(step),
      "samples": String(samples),
      "random_generators": Self.generators,
      "statistics_batches": String(network.statistics.batches),
      "running_variance": "population",
      "train_seconds": String(trainSeconds),
      "evaluation_seconds": String(evaluationSeconds),
      "total_seconds": String(origin.totalSeconds),
      "peak_memory_bytes": String(origin.peakMemory),
      "warnings": JSONValue.array(warnings.map(\.json)).text,
    ]
  }
}

extension HistoryPoint {
  /// Epoch, η and the metrics of the training part and, where there is one, the validation part.
  var numbers: [Double] {
    [epoch, eta] + training.numbers + (validation?.numbers ?? [])
  }

  /// A row of these numbers; `nil` when they are neither five nor eight.
  init?(step: Int, numbers: ArraySlice<Double>) {
    let numbers = Array(numbers)
    guard numbers.count == 5 || numbers.count == 8 else { return nil }
    self.init(
      step: step, epoch: numbers[0], eta: numbers[1], training: Metrics(numbers[2..<5]),
      validation: numbers.count == 8 ? Metrics(numbers[5..<8]) : nil)
  }
}

extension Metrics {
  fileprivate var numbers: [Double] { [loss, cost, accuracy] }

  fileprivate init(_ numbers: ArraySlice<Double>) {
    let start = numbers.startIndex
    self.init(loss: numbers[start], cost: numbers[start + 1], accuracy: numbers[start + 2])
  }
}
