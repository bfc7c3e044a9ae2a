package import Strata

/// The facts about a named data set that need no reading of every byte.
package struct DatasetSummary: Sendable, Hashable {
  /// The data set.
  package let dataset: NamedDataset
  /// Where it is; `nil` when it is nowhere.
  package let location: DatasetLocation?
  /// Images to train on and to test with; `nil` when it cannot be read.
  package let images: Images?
  /// Why it cannot be read; `nil` when it can, or is nowhere.
  package let problem: String?
  /// The size of its files; of the pixels for images that the program makes.
  package let bytes: Int

  /// The size of a data set.
  package struct Images: Sendable, Hashable {
    /// The training files' images.
    package let training: Int
    /// The test files' images.
    package let test: Int
    /// The classes.
    package let classes: Int
  }

  /// Looks for a data set and opens it.
  package init(_ dataset: NamedDataset, in catalog: DatasetCatalog) {
    self.dataset = dataset
    location = catalog.find(dataset)
    var images: Images?
    var problem: String?
    var pixelBytes = 0
    do {
      if let pair = try location?.load() {
        images = Images(
          training: pair.training.count, test: pair.test.count,
          classes: pair.training.classNames.count)
        pixelBytes = (pair.training.count + pair.test.count) * pair.training.rows.columns
      }
    } catch {
      problem = "\(error)"
    }
    self.images = images
    self.problem = problem
    bytes = location?.folder.map(Self.fileBytes) ?? pixelBytes
  }

  private static func fileBytes(in folder: String) -> Int {
    Folder.names(in: folder).reduce(0) { sum, name in
      if case .file(let bytes) = FileStatus(path: path(folder, name)) { sum + bytes } else { sum }
    }
  }

  /// The summary for a program to read.
  package var json: JSONValue {
    .object([
      JSONValue.Member("name", .string(dataset.rawValue)),
      JSONValue.Member("found", .boolean(location != nil)),
      JSONValue.Member("folder", location?.folder.map(JSONValue.string) ?? .null),
      JSONValue.Member("training_images", images.map { .integer($0.training) } ?? .null),
      JSONValue.Member("test_images", images.map { .integer($0.test) } ?? .null),
      JSONValue.Member("classes", images.map { .integer($0.classes) } ?? .null),
      JSONValue.Member("bytes", .integer(bytes)),
      JSONValue.Member("problem", problem.map(JSONValue.string) ?? .null),
    ])
  }
}
