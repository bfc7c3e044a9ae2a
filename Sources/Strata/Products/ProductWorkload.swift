/// One matrix product of a layer, on numbers without meaning, for those who measure its speed.
///
/// The layer has d inputs and m units, the batch n rows.
@_spi(Benchmarks) public final class ProductWorkload {
  /// Which of a layer's three products.
  public enum Kind: String, CaseIterable, Sendable {
    /// S = X Wᵀ, [n, d] by [m, d].
    case forward
    /// ∂J/∂X = G W, [n, m] by [m, d].
    case inputGradient = "input gradient"
    /// W ← β W + α Gᵀ X, [n, m] by [n, d].
    case weightGradient = "weight gradient"
  }

  /// Multiplications and additions of one run: 2 n d m.
  public let operations: Double
  private let kind: Kind
  private let kernels: KernelSet
  private let block: FlatBlock
  private let depth: Int
  private let inputs, weights, outputs, transposed: MatrixView
  private let packing = FlatBlock(count: PackingScratch.count)

  /// Allocates the matrices.
  public init(_ kind: Kind, rows: Int, inputs d: Int, units m: Int, kernels: KernelSet) {
    self.kind = kind
    self.kernels = kernels
    operations = 2 * Double(rows) * Double(d) * Double(m)
    block = FlatBlock(
      count: (rows + m) * paddedStride(d) + (rows + d) * paddedStride(m))
    depth = d
    for index in 0..<block.count { block.base[index] = Float(index % 13 - 6) / 64 }
    inputs = MatrixView(block.base, rows: rows, columns: d)
    weights = MatrixView(inputs.base + rows * inputs.stride, rows: m, columns: d)
    outputs = MatrixView(weights.base + m * weights.stride, rows: rows, columns: m)
    transposed = MatrixView(outputs.base + rows * outputs.stride, rows: d, columns: m)
  }

  /// Computes the product once, on the caller's thread.
  public func run() {
    let scratch = PackingScratch(packing.base)
    switch kind {
    case .forward: runForward(scratch)
    case .inputGradient: kernels.gemm(outputs, weights, into: inputs)
    case .weightGradient:
      _ = kernels.gemm(
        StridedFactor(transposing: outputs, columns: weights.rows), inputs, into: weights,
        alpha: 1e-9, beta: 1, scratch: scratch)
    }
  }

  /// The way that a layer of this size takes.
  private func runForward(_ scratch: PackingScratch) {
    if KernelSet.prefersTransposedWeights(inputs: depth, units: weights.rows) {
      kernels.transpose(
        weights, columns: depth, into: transposed.base, stride: transposed.stride)
      kernels.gemm(inputs, transposed, into: outputs)
    } else {
      let transposes = PackingScratch.transposingPays(
        rows: inputs.rows, inputs: depth, units: weights.rows)
      let tileRows = kernels.tileRows(depth: depth, units: weights.rows, all: inputs.rows)
      for start in stride(from: 0, to: inputs.rows, by: tileRows) {
        let tile = start..<min(start + tileRows, inputs.rows)
        kernels.gemm(
          inputs.rows(tile), transposed: weights, into: outputs.rows(tile),
          transposing: transposes ? scratch : nil)
      }
    }
  }
}
