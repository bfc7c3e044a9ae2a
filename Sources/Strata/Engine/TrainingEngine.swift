/// What carries out the update steps of a run: it holds the parameters, the running statistics and
/// what the optimizer remembers.
///
/// A step is `take`, `computeGradient`, `combine`, `clipGradient`, `update` and `blendStatistics`, in
/// this order.
protocol TrainingEngine: AnyObject {
  /// The network as the last step left it.
  var network: Network { get set }
  /// What the optimizer remembers of earlier gradients, each vector laid out like the parameters.
  var optimizerState: [FloatVector] { get set }
  /// Threads that share the work.
  var threads: Int { get }

  /// Takes the rows of a batch.
  func take(_ batch: Batch)
  /// The loss of the batch and, for what follows in the step, the gradient of J = loss + λ Σ ‖W‖².
  ///
  /// Parameters may move here already, where nothing comes between a gradient and its use.
  ///
  /// - Throws: The first number that is not finite where the loss is not; parameters have not moved.
  func computeGradient(_ step: UpdateStep) throws(NonFiniteNumber) -> BatchResult
  /// Adds the gradients and the batch statistics of others that share the batch, in a fixed order.
  func combine()
  /// g ← g · min(1, c/‖g‖) with the norm of the whole gradient; nothing without c.
  ///
  /// - SeeAlso: Pascanu, Mikolov & Bengio 2013, algorithm 1, <https://arxiv.org/abs/1211.5063>.
  func clipGradient(_ step: UpdateStep)
  /// Moves the parameters along the gradient.
  ///
  /// - Throws: The first number that is not finite.
  func update(_ step: UpdateStep) throws(NonFiniteNumber)
  /// μ_av ← α μ_av + (1 − α) μ and v_av ← α v_av + (1 − α) v with the statistics of the batch; the
  /// first batch's are the first values.
  ///
  /// - Throws: The first statistic that is not finite in `Float`.
  func blendStatistics() throws(NonFiniteNumber)

  /// Takes the batch forward as in training, without dropout.
  func forward()
  /// μ and v of the last batch in a normalized layer.
  func batchMoments(of layer: Int) -> (means: [Double], variances: [Double])
  /// Marks the hidden units whose activation was above 0 for a row of the last batch.
  func markActiveUnits(in active: inout ActiveUnits)
  /// ‖∂J/∂θ‖ of a vector of parameters in the last step.
  func gradientNorm(of slice: Slice) -> Double
}

extension TrainingEngine {
  /// Nothing, where one process has the whole batch.
  func combine() {}
}

/// The rows of an update step.
struct Batch {
  /// Row numbers.
  var rows: ArraySlice<Int32>
  /// The rows of the batch thereafter, which may be fetched meanwhile; may be empty.
  var next: ArraySlice<Int32> = []
  /// The pass over the data, from which augmentation draws.
  var epoch = 0
  /// Where the rows are.
  var source: BatchSource
}

extension Batch {
  /// Every row, in order.
  init(allOf source: BatchSource) {
    self.init(rows: Array(0..<Int32(source.count))[...], source: source)
  }
}

/// What an update step is made with, besides its batch.
struct UpdateStep {
  /// How parameters move along the gradient.
  var rule = UpdateRule.descent(rate: 0)
  /// λ.
  var lambda: Float
  /// What is left out of the hidden layers' outputs.
  var dropout: Dropout?
  /// c, the norm to which a longer gradient is shortened.
  var clipNorm: Double?
}

/// The sums over the rows of a batch.
struct BatchResult {
  /// Σ cross-entropy, in nats.
  var lossSum: Double
  /// Rows whose most probable class is the label.
  var correct: Int
}

/// Where a number that is not finite stands.
struct NonFiniteNumber: Error, Equatable {
  /// The layer, counted from 0; `nil` where that is unknown.
  let layer: Int?
  /// The tensor, for example `linear.weight`.
  let tensor: String
}
