import FoundationEssentials
package import Strata

/// The data set of a run.
package struct RunData: Sendable {
  /// Its name in a recipe: a name, or the absolute path of its folder.
  package let reference: String
  /// The folder in which names were to be looked for first; `nil` where none was given.
  package let directory: String?
  /// Where it was found, for a person.
  package let place: String
  /// The images.
  package let pair: DatasetPair
  private let lazyDigest: LazyDigest

  /// Finds and reads the data set that a recipe names, or the best that is there.
  ///
  /// - Throws: `DataError` if it is missing or bad, `ConfigurationError`
  ///   where it leaves too little memory for anything else.
  package init(_ recipe: Recipe) throws {
    let location = try Self.catalog(recipe.dataDirectory).locate(recipe.data)
    let isNamed = recipe.data.map { NamedDataset(rawValue: $0) != nil } ?? true
    reference = isNamed ? location.name : location.folder.map(absolutePath) ?? location.name
    directory = recipe.dataDirectory.map(absolutePath)
    place = location.place
    pair = try location.load()
    // Mapped files may have taken what the rest of the command needs.
    try Machine.checkLeastMemory()
    lazyDigest = LazyDigest(pair)
  }

  /// The SHA-256 of the images and labels, which is computed once.
  package var digest: String { lazyDigest.value }

  /// Whether these are the official images of a data set that is known by its name; `nil` for another
  /// one.
  package var isOfficial: Bool? {
    OfficialSums.pairs[pair.training.name].map { $0 == digest }
  }

  /// Begins to compute the digest beside other work.
  func beginDigest() { lazyDigest.begin() }

  /// Every named data set and where it is; `nil` where it is not.
  package static func known(
    dataDirectory: String?
  ) -> [(name: String, place: String?)] {
    let catalog = catalog(dataDirectory)
    return NamedDataset.allCases.map { ($0.rawValue, catalog.find($0)?.place) }
  }

  private static func catalog(_ dataDirectory: String?) -> DatasetCatalog {
    DatasetCatalog(
      dataDirectory: dataDirectory, environment: ProcessInfo.processInfo.environment)
  }
}

extension DatasetLocation {
  fileprivate var place: String { folder ?? "built in" }
}

/// A digest that another thread computes on demand.
private final class LazyDigest: Sendable {
  private let pair: DatasetPair
  private let work = Locked<Future<String>?>(nil)

  init(_ pair: DatasetPair) { self.pair = pair }

  @discardableResult
  func begin() -> Future<String> {
    work.withLock { work in
      if let work { return work }
      let pair = pair
      let begun = Future { pair.sha256() }
      work = begun
      return begun
    }
  }

  var value: String { begin().value }
}
