/// A data set that is known by a name.
public enum NamedDataset: String, Sendable, Hashable, CaseIterable {
  /// The official binary files of CIFAR-10.
  case cifar10
  /// The four IDX files of Fashion-MNIST.
  case fashionMNIST = "fashion-mnist"
  /// The images that the program makes itself.
  case shapes
}

/// Where a data set is.
public enum DatasetLocation: Sendable, Hashable {
  /// A folder with the binary files of CIFAR-10.
  case cifar10(folder: String)
  /// A folder with the four IDX files of MNIST or a data set like it.
  case idx(folder: String)
  /// In the program itself.
  case shapes

  /// The name, as it stands in `Dataset.name`.
  public var name: String {
    switch self {
    case .cifar10: NamedDataset.cifar10.rawValue
    case .idx(let folder): IDXFolder.name(folder: folder)
    case .shapes: NamedDataset.shapes.rawValue
    }
  }

  /// The folder; `nil` for images made by the program.
  public var folder: String? {
    switch self {
    case .cifar10(let folder), .idx(let folder): folder
    case .shapes: nil
    }
  }

  /// Reads the data set.
  ///
  /// - Throws: `DataError` naming the missing or bad file.
  public func load() throws -> DatasetPair {
    switch self {
    case .cifar10(let folder): try CIFAR10.load(folder: folder)
    case .idx(let folder): try IDXFolder.load(folder: folder)
    case .shapes: Shapes.load()
    }
  }
}
