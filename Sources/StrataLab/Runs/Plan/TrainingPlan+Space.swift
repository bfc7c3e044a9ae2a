import Strata

extension TrainingPlan {
  /// Evaluations of the whole run: before the first step, at the intervals, after the last step.
  var evaluations: Int {
    let (whole, rest) = length.updateSteps
      .quotientAndRemainder(dividingBy: length.evaluateEvery)
    return 1 + whole + (rest == 0 ? 0 : 1)
  }

  /// Bytes that the files of the run folder take at most, by a generous estimate.
  package var neededSpace: Int {
    modelSpace + evaluations * Self.bytesPerEvaluation + Self.fixedBytes + confusionSpace
  }

  /// Bytes that the greatest file takes at most.
  package var greatestFile: Int {
    max(
      modelSpace + Self.fixedBytes, evaluations * Self.bytesPerEvaluation,
      confusionSpace + Self.fixedBytes)
  }

  private var confusionSpace: Int {
    architecture.classes * architecture.classes * Self.bytesPerCell
  }

  /// Bytes of the model file.
  private var modelSpace: Int {
    let layout = ParameterLayout(architecture)
    // Values, running statistics, and mean and deviation of the inputs.
    let normalized = layout.layers.reduce(0) { $0 + ($1.scale?.columns ?? 0) }
    let numbers = layout.parameterCount + 2 * normalized + 2 * architecture.inputs
    let tensors = layout.tensors.count + 2 * layout.layers.count + 2
    return numbers * MemoryLayout<Float>.size + tensors * Self.bytesPerTensor
  }

  /// Bytes that a checkpoint takes, by a generous estimate.
  package var checkpointSpace: Int {
    let layout = ParameterLayout(architecture)
    let vectors = 1 + configuration.optimizer.stateVectors
    let numbers =
      vectors * layout.parameterCount + 2
      * layout.layers.reduce(0) {
        $0 + ($1.scale?.columns ?? 0)
      }
    return (numbers + 2 * architecture.inputs + split.training.count) * MemoryLayout<Float>.size
      + vectors * layout.tensors.count * Self.bytesPerTensor
      + evaluations * 9 * MemoryLayout<Double>.size + Self.fixedBytes
  }

  /// A tensor's entry in the model file's header.
  private static let bytesPerTensor = 160
  /// A row of nine numbers.
  private static let bytesPerEvaluation = 200
  /// A cell of the confusion matrix with its number, drawn.
  private static let bytesPerCell = 320
  /// The curves, whose points are thinned out; recipe, summary and metadata; and a block each.
  private static let fixedBytes = 1 << 18
}
