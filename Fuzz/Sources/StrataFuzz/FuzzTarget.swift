import Glibc

/// A parser that is fed with whatever comes.
///
/// Each refuses its input with an error or takes it; what it took must be consistent, which the
/// target checks.
enum FuzzTarget: String, CaseIterable {
  case checkpoint, cifar, gzip, idx, json, metrics, model, recipe, safetensors, search, settings
  case summary, trial, weights

  /// The target that the process was started for.
  static let ofProcess = getenv("STRATA_FUZZ").flatMap { FuzzTarget(rawValue: String(cString: $0)) }

  /// Feeds the parser.
  func read(_ bytes: [UInt8]) {
    switch self {
    case .checkpoint: readCheckpoint(bytes)
    case .cifar: readCIFAR(bytes)
    case .gzip: readGzip(bytes)
    case .idx: readIDX(bytes)
    case .json: readJSON(bytes)
    case .metrics: readMetrics(bytes)
    case .model: readModel(bytes)
    case .recipe: readRecipe(bytes)
    case .safetensors: readSafetensors(bytes)
    case .search: readSearch(bytes)
    case .settings: readSettings(bytes)
    case .summary: readSummary(bytes)
    case .trial: readTrial(bytes)
    case .weights: readWeights(bytes)
    }
  }
}

/// Ends the process with a finding when something that must hold does not.
func require(_ condition: Bool, _ message: String) {
  if !condition { fatalError(message) }
}

/// What `body` returns; `nil` where it refuses the input with an error.
func accepted<Value>(_ body: () throws -> Value) -> Value? {
  try? body()
}
