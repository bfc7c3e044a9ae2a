/// The memory of a training step, planned and allocated once.
///
/// Everything that a forward and a backward pass write besides the parameters lies in one block.
/// Rows are padded like the parameters' rows; the padding is zero and stays zero.
///
/// `@unchecked Sendable`: during a step the threads write disjoint parts (see `TrainingCore`);
/// between steps one thread owns it.
final class Workspace: @unchecked Sendable {
  /// What each layer computes.
  let layers: [LayerWorkspace]
  /// The first layer's products, one for each part of the inputs, each of shape [n, m₁].
  let partials: [MatrixView]
  /// What the softmax says of each row.
  let outcome: RowOutcome

  private let block: UnsafeMutableBufferPointer<Float>

  /// Plans the memory for up to `capacity` rows.
  init(_ architecture: Architecture, capacity: Int, inputParts: Int) {
    let plan = Plan(architecture, capacity: capacity, inputParts: inputParts)
    block = .allocateAligned(count: plan.count)
    block.initialize(repeating: 0)
    let base = block.baseAddress.unsafelyUnwrapped
    layers = plan.layers.map { LayerWorkspace($0, base: base) }
    partials = plan.partials.map {
      MatrixView(base + $0, rows: capacity, columns: architecture.width(of: 1))
    }
    outcome = RowOutcome(capacity: capacity)
  }

  /// Bytes that this memory takes.
  static func byteCount(_ architecture: Architecture, capacity: Int, inputParts: Int) -> Int {
    Plan(architecture, capacity: capacity, inputParts: inputParts).count * MemoryLayout<Float>.size
      + RowOutcome.byteCount(capacity: capacity)
  }

  deinit {
    block.deallocate()
    outcome.deallocate()
  }
}

/// What one layer computes on the way forward and back.
struct LayerWorkspace {
  /// s = W x + b; where normalization stands after the ReLU, later max(0, s).
  let linear: MatrixView
  /// What the next layer reads; for the last layer the probabilities.
  let output: MatrixView
  /// Wᵀ, where the way forward is faster with it; without rows elsewhere.
  let transposedWeight: MatrixView
  /// ∂J/∂output, and after the layer's own backward pass ∂J/∂s.
  let gradient: MatrixView
  /// μ of the batch.
  let mean: UnsafeMutablePointer<Double>
  /// v of the batch.
  let variance: UnsafeMutablePointer<Double>

  fileprivate init(_ plan: LayerPlan, base: UnsafeMutablePointer<Float>) {
    func view(_ offset: Int) -> MatrixView {
      MatrixView(base + offset, rows: plan.rows, columns: plan.width)
    }
    linear = view(plan.linear)
    output = view(plan.output)
    gradient = view(plan.gradient)
    transposedWeight = MatrixView(
      base + plan.transposed, rows: plan.transposedRows, columns: plan.width)
    func doubles(_ offset: Int) -> UnsafeMutablePointer<Double> {
      UnsafeMutableRawPointer(base + offset)
        .bindMemory(to: Double.self, capacity: paddedStride(plan.width))
    }
    mean = doubles(plan.mean)
    variance = doubles(plan.variance)
  }
}

/// Where the parts of a layer's memory lie.
private struct LayerPlan {
  let rows, width: Int
  let linear, output, gradient: Int
  let mean, variance: Int
  let transposed, transposedRows: Int

  init(
    rows: Int, inputs: Int, width: Int, placement: BatchNormalizationPlacement, in plan: inout Plan
  ) {
    self.rows = rows
    self.width = width
    linear = plan.matrix(rows: rows, columns: width)
    output = placement == .none ? linear : plan.matrix(rows: rows, columns: width)
    gradient = plan.matrix(rows: rows, columns: width)
    mean = plan.matrix(rows: 2, columns: width)
    variance = plan.matrix(rows: 2, columns: width)
    let isTransposed = KernelSet.prefersTransposedWeights(inputs: inputs, units: width)
    transposedRows = isTransposed ? inputs : 0
    transposed = plan.matrix(rows: transposedRows, columns: width)
  }
}

/// Hands out offsets in a block that is allocated afterwards.
private struct Plan {
  private(set) var count = 0
  private(set) var layers: [LayerPlan] = []
  /// Where the first layer's products of each part of the inputs lie.
  private(set) var partials: [Int] = []

  init(_ architecture: Architecture, capacity: Int, inputParts: Int) {
    let depth = architecture.depth
    for index in 0..<depth {
      layers.append(
        LayerPlan(
          rows: capacity, inputs: architecture.width(of: index),
          width: architecture.width(of: index + 1),
          placement: index < depth - 1 ? architecture.batchNormalization : .none, in: &self))
    }
    for _ in 0..<inputParts {
      partials.append(matrix(rows: capacity, columns: architecture.width(of: 1)))
    }
  }

  mutating func matrix(rows: Int, columns: Int) -> Int {
    defer { count += rows * paddedStride(columns) }
    return count
  }
}
