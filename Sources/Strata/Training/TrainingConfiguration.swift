/// Everything that a run depends on, besides its data and the kernel.
///
/// A setting is a property with its default and a row of the table in `TrainingSetting`.
public struct TrainingConfiguration: Sendable, Hashable {
  /// Units of each hidden layer; empty for softmax regression.
  public var hidden: [Int]
  /// What hidden units make of their inputs.
  public var activation: Activation
  /// Where the hidden layers are normalized.
  public var batchNormalization: BatchNormalizationPlacement
  /// ε in √(v + ε): `epsilon` of ONNX's BatchNormalization and `eps` of PyTorch's BatchNorm1d
  /// (Ioffe & Szegedy 2015, algorithm 1, <https://arxiv.org/abs/1502.03167>).
  public var normalizationEpsilon: Double
  /// α, the weight of the old value in the running statistics.
  public var statisticsDecay: Double
  /// How the first weights are drawn.
  public var initialization: Initialization
  /// How parameters move along a gradient.
  public var optimizer: Optimizer
  /// The numbers that products multiply.
  public var precision: Precision
  /// η of each update step.
  public var schedule: Schedule
  /// Passes over the training images; `nil`: what `updateSteps` or the schedule say, or 20.
  public var epochs: Int?
  /// Update steps of the whole run; `nil`: what `epochs` or the schedule say.
  public var updateSteps: Int?
  /// Rows of a mini-batch, n.
  public var batchSize: Int
  /// λ in J = loss + λ Σ ‖W‖².
  public var lambda: Double
  /// c in g ← g · min(1, c/‖g‖) with the whole gradient, λ's term included; `nil`: g stays.
  public var clipNorm: Double?
  /// The probability that a hidden activation is left out of an update step.
  public var dropout: Double
  /// How training images are changed each time before they are learned from.
  public var augmentation: Augmentation
  /// Whether the rows get a new order in every epoch; otherwise batches are in file order.
  public var shuffles: Bool
  /// What the weights and the order of the rows are drawn from.
  public var seed: UInt64
  /// Update steps between two evaluations; `nil`: one epoch.
  public var evaluateEvery: Int?

  /// Creates a configuration; it is checked where a trainer is made from it.
  public init(
    hidden: [Int] = [50, 50], activation: Activation = .relu,
    batchNormalization: BatchNormalizationPlacement = .before,
    normalizationEpsilon: Double = 1e-5, statisticsDecay: Double = 0.9,
    initialization: Initialization = .he, optimizer: Optimizer = .sgd,
    precision: Precision = .float32, schedule: Schedule = Schedule(), epochs: Int? = nil,
    updateSteps: Int? = nil, batchSize: Int = 100, lambda: Double = 0.005,
    clipNorm: Double? = nil, dropout: Double = 0, augmentation: Augmentation = .none,
    shuffles: Bool = true, seed: UInt64 = 1, evaluateEvery: Int? = nil
  ) {
    self.hidden = hidden
    self.activation = activation
    self.batchNormalization = batchNormalization
    self.normalizationEpsilon = normalizationEpsilon
    self.statisticsDecay = statisticsDecay
    self.initialization = initialization
    self.optimizer = optimizer
    self.precision = precision
    self.schedule = schedule
    self.epochs = epochs
    self.updateSteps = updateSteps
    self.batchSize = batchSize
    self.lambda = lambda
    self.clipNorm = clipNorm
    self.dropout = dropout
    self.augmentation = augmentation
    self.shuffles = shuffles
    self.seed = seed
    self.evaluateEvery = evaluateEvery
  }
}

extension TrainingSetting {
  /// A row a setting, in the order in which settings are checked and compared.
  package static let table: [TrainingSetting] = [
    TrainingSetting("hidden", \.hidden, .widths),
    TrainingSetting("activation", \.activation),
    TrainingSetting("batch-norm", \.batchNormalization),
    TrainingSetting("normalization-epsilon", \.normalizationEpsilon, .positive),
    TrainingSetting("statistics-decay", \.statisticsDecay, .decay),
    TrainingSetting("init", \.initialization, .initialization),
    TrainingSetting("precision", \.precision),
    TrainingSetting("optimizer", \.optimizer.rule),
    TrainingSetting("momentum", \.optimizer.momentum, .decay, use: .with(.momentum, .nesterov)),
    TrainingSetting(
      "adam-decays", \.optimizer.adamDecays, .adamDecays, use: .with(.adam, .adamw)),
    TrainingSetting("weight-decay", \.optimizer.weightDecay, .notNegative, use: .with(.adamw)),
    TrainingSetting("schedule", \.schedule.shape),
    TrainingSetting(
      "eta-min", \.schedule.minimum, .notNegative, use: .with(.cyclical, .cosine, .oneCycle)),
    TrainingSetting(
      "eta-max", \.schedule.maximum, .notNegative, use: .with(.cyclical, .cosine, .oneCycle)),
    TrainingSetting("eta", \.schedule.eta, .notNegative, use: .with(.constant)),
    TrainingSetting("step-size", \.schedule.stepSize, .count, use: .with(.cyclical)),
    // What these two come to is compared in update steps.
    TrainingSetting("cycles", \.schedule.cycles, .count, use: .with(.cyclical), isCompared: false),
    TrainingSetting("epochs", \.epochs, .count, isCompared: false),
    TrainingSetting("cycle-decay", \.schedule.decay, .factor, use: .with(.cyclical)),
    TrainingSetting("update-steps", \.updateSteps, .steps),
    TrainingSetting("lambda", \.lambda, .notNegative),
    TrainingSetting("clip-norm", \.clipNorm, .positive),
    TrainingSetting("dropout", \.dropout, .probability),
    TrainingSetting("batch-size", \.batchSize, .count),
    TrainingSetting("augment", \.augmentation, .augmentation),
    TrainingSetting("shuffle", \.shuffles),
    TrainingSetting("seed", \.seed),
    TrainingSetting("evaluate-every", \.evaluateEvery, .count),
  ]
}
