/// A model that is ready to classify rows, with the memory and the threads that this takes.
///
/// Several tasks may classify at the same time. Calls of one thread each run side by side; calls that
/// share several threads take turns.
public final class Classifier: Sendable {
  private let classNames: [String]
  private let features: Features
  private let byteScaling: InputScaling.View
  private let floatScaling: InputScaling.View
  /// What the views point to.
  private let scalings: [InputScaling]
  private let network: InferenceNetwork
  private let capacity: Int
  private let pool: ThreadPool
  /// Memory that no call uses now: cores, one for each thread.
  private let idle: Locked<[[InferenceCore]]>

  /// Checks the model and allocates the memory for a pass.
  ///
  /// - Parameters:
  ///   - model: The model; later changes to the caller's copy have no effect.
  ///   - threads: Threads that share the rows of a call; results do not depend on it.
  ///   - kernels: The instruction set that computes.
  ///   - precision: The numbers that products multiply.
  /// - Throws: `DataError` when parts of the model do not belong together or a number is not finite,
  ///   `ConfigurationError` when there is no thread or the kernels lack the precision.
  public convenience init(
    _ model: Model, threads: Int = 1, kernels: KernelSet = .best, precision: Precision = .float32
  ) throws {
    try self.init(
      model, capacity: InferenceCore.blockRows, threads: threads, kernels: kernels,
      precision: precision)
  }

  init(
    _ model: Model, capacity: Int, threads: Int, kernels: KernelSet,
    precision: Precision = .float32
  ) throws {
    try model.validate(path: "model")
    try kernels.check(precision)
    classNames = model.classNames
    features = model.features
    let bytes = InputScaling(model.standardization, of: .byte)
    let floats = InputScaling(model.standardization, of: .float)
    (byteScaling, floatScaling) = (bytes.view, floats.view)
    scalings = [bytes, floats]
    self.capacity = capacity
    pool = try ThreadPool(threads: threads)
    network = InferenceNetwork(model.network, kernels: kernels, precision: precision)
    idle = Locked([Self.makeCores(network, capacity: capacity, count: pool.count)])
  }

  /// Classifies one row.
  ///
  /// - Parameter row: As many numbers as the model has inputs: the bytes of an image plane by plane, or
  ///   the floats of a row.
  /// - Throws: `DataError` when there are more or fewer numbers, or one is not finite.
  public func classify<Number: RowElement>(_ row: [Number]) throws -> Classification {
    try check(row, name: "row")
    return classification(try probabilities(of: row)[...])
  }

  /// Classifies several rows, in order.
  ///
  /// - Parameter rows: The numbers of each row, as for one.
  /// - Throws: `DataError` when a row has more or fewer numbers, or one is not finite; nothing is
  ///   classified then.
  public func classify<Number: RowElement>(_ rows: [[Number]]) throws -> [Classification] {
    for (index, row) in rows.enumerated() { try check(row, name: "row \(index)") }
    var numbers: [Number] = []
    numbers.reserveCapacity(rows.count * features.count)
    for row in rows { numbers.append(contentsOf: row) }
    let probabilities = try probabilities(of: numbers)
    let classes = classNames.count
    return rows.indices.map {
      classification(probabilities[$0 * classes..<($0 + 1) * classes])
    }
  }

  /// The probability of every class for many rows: the fastest way to classify them.
  ///
  /// - Parameter numbers: The rows one after the other, shape [n, d].
  /// - Returns: The probabilities, shape [n, K].
  /// - Throws: `DataError` when the numbers are not whole rows, or one is not finite.
  public func probabilities<Number: RowElement>(of numbers: [Number]) throws -> [Float] {
    let (count, rest) = numbers.count.quotientAndRemainder(dividingBy: features.count)
    guard rest == 0 else {
      throw DataError(
        .malformed, path: "rows", expected: "a multiple of \(inputsOfARow)",
        found: "\(numbers.count)")
    }
    return try numbers.withUnsafeBytes { numbers in
      guard let base = numbers.baseAddress else { return [] }
      let scaling = scaling(of: Number.rowElement)
      if scaling.element == .float { try requireFinite(numbers, rows: count) }
      nonisolated(unsafe) let start = base  // Only read.
      return probabilities(count: count, scaling) { start + $0 * scaling.rowLength }
    }
  }

  /// The probability of every class for the rows of a data set, which are not copied.
  ///
  /// - Returns: The probabilities, shape [n, K].
  /// - Throws: `DataError` when the rows have more or fewer numbers than the model has inputs.
  public func probabilities(of rows: DataRows) throws -> [Float] {
    guard rows.columns == features.count else {
      throw DataError(
        .malformed, path: "rows", expected: "rows of \(inputsOfARow)", found: "\(rows.columns)")
    }
    var addresses: [UnsafeRawPointer] = []
    addresses.reserveCapacity(rows.count)
    rows.forEachAddress { addresses.append($1) }
    nonisolated(unsafe) let starts = addresses  // Only read.
    return withExtendedLifetime(rows) {
      probabilities(count: rows.count, scaling(of: rows.element)) { starts[$0] }
    }
  }

  private func check(_ row: [some RowElement], name: String) throws {
    guard row.count == features.count else {
      throw DataError(.malformed, path: name, expected: inputsOfARow, found: "\(row.count)")
    }
  }

  private func requireFinite(_ numbers: UnsafeRawBufferPointer, rows: Int) throws {
    let numbers = numbers.assumingMemoryBound(to: Float.self)
    for row in 0..<rows {
      let range = row * features.count..<(row + 1) * features.count
      try requireFiniteNumbers(UnsafeBufferPointer(rebasing: numbers[range]), row: row)
    }
  }

  private var inputsOfARow: String { "\(features.count) numbers (\(features))" }

  private func scaling(of element: DataRows.Element) -> InputScaling.View {
    element == .byte ? byteScaling : floatScaling
  }

  private func probabilities(
    count: Int, _ scaling: InputScaling.View,
    address: @escaping @Sendable (_ row: Int) -> UnsafeRawPointer
  ) -> [Float] {
    // Each thread has a core and rows of the output to itself.
    let cores = takeCores()
    defer { idle.withLock { $0.append(cores) } }
    let numbers = count * classNames.count
    return [Float](unsafeUninitializedCapacity: numbers) { output, initialized in
      initialized = numbers
      guard let base = output.baseAddress else { return }
      nonisolated(unsafe) let target = base
      withExtendedLifetime(self) {
        pool.run(blocksOf: capacity, in: count) { thread, rows in
          cores[thread].computeProbabilities(
            rows: rows, scaling: scaling, into: target, address: address)
        }
      }
    }
  }

  /// Cores that another call has finished with, or new ones.
  private func takeCores() -> [InferenceCore] {
    idle.withLock { $0.popLast() }
      ?? Self.makeCores(network, capacity: capacity, count: pool.count)
  }

  private static func makeCores(
    _ network: InferenceNetwork, capacity: Int, count: Int
  ) -> [InferenceCore] {
    (0..<count).map { _ in InferenceCore(network, capacity: capacity) }
  }

  private func classification(_ probabilities: ArraySlice<Float>) -> Classification {
    let probabilities = Array(probabilities)
    var label = 0
    for index in probabilities.indices where probabilities[index] > probabilities[label] {
      label = index
    }
    return Classification(
      label: label, className: classNames[label], probabilities: probabilities)
  }
}
