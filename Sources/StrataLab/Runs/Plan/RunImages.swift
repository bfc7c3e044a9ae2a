package import Strata

/// The data sets of runs, each found, read and hashed once.
package struct RunImages {
  private let dataDirectory: String?
  private var found: [Key: Result<RunData, DataError>] = [:]

  /// What names a data set in a recipe.
  private struct Key: Hashable {
    let data: String?
    let dataDirectory: String?
  }

  /// - Parameter dataDirectory: The folder to look in first, in place of the one in a recipe.
  package init(dataDirectory: String? = nil) {
    self.dataDirectory = dataDirectory
  }

  /// The very images that a run learned from and was tested on.
  ///
  /// - Throws: `DataError` when they are not found, or others stand in their place,
  ///   `ConfigurationError` where they leave too little memory.
  package mutating func images(of run: FinishedRun) throws -> DatasetPair {
    var recipe = run.recipe
    recipe.dataDirectory = dataDirectory ?? recipe.dataDirectory
    let key = Key(data: recipe.data, dataDirectory: recipe.dataDirectory)
    let result = try found[key] ?? Self.load(recipe)
    found[key] = result
    let data = try result.get()
    let pair = data.pair
    let model = run.model
    guard data.digest == run.dataDigest, pair.test.features == model.features,
      pair.test.classNames.count == model.classNames.count
    else {
      throw DataError(
        .malformed, path: recipe.data ?? pair.test.name,
        expected: "the run's training data, by its SHA-256",
        found: "other data")
    }
    return pair
  }

  private static func load(_ recipe: Recipe) throws -> Result<RunData, DataError> {
    do {
      return .success(try RunData(recipe))
    } catch let error as DataError {
      return .failure(error)
    }
  }
}
