/// The places where data sets are looked for.
public struct DatasetCatalog: Sendable {
  /// The folders to search, the first one first.
  public let folders: [String]
  /// Where the operating system's packages put data sets.
  package let systemFolder: String
  /// The folder that the user asked for, which must be there.
  private let requestedFolder: String?

  /// Looks in `dataDirectory`, `$STRATA_DATA`, `data` and the user's cache folder, in this order.
  ///
  /// - Parameters:
  ///   - dataDirectory: A folder that must be there.
  ///   - environment: The variables of the process.
  public init(dataDirectory: String? = nil, environment: [String: String]) {
    let candidates = [
      dataDirectory, environment["STRATA_DATA"], "data",
      Self.cacheFolder(environment: environment),
    ]
    self.init(
      folders: candidates.compactMap { $0 }.filter { !$0.isEmpty },
      requestedFolder: dataDirectory)
  }

  /// Looks in these folders alone, and in `systemFolder` for Fashion-MNIST.
  package init(
    folders: [String], requestedFolder: String? = nil, systemFolder: String = "/usr/share/datasets"
  ) {
    self.folders = folders
    self.requestedFolder = requestedFolder
    self.systemFolder = systemFolder
  }

  /// The user's cache folder for data sets; `nil` without a home, whose path must begin at the root.
  ///
  /// - SeeAlso: XDG Base Directory Specification, section 3.
  public static func cacheFolder(environment: [String: String]) -> String? {
    if let cache = environment["XDG_CACHE_HOME"], cache.hasPrefix("/") {
      return path(cache, "strata")
    }
    guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
    return path(home, ".cache/strata")
  }

  /// Finds a data set by its name, or by the path of its folder.
  ///
  /// Without either, the first of `cifar10`, `fashion-mnist` and `shapes` that is there.
  ///
  /// - Throws: `DataError` with the searched folders and advice.
  public func locate(_ nameOrPath: String? = nil) throws -> DatasetLocation {
    if let requestedFolder, FileStatus(path: requestedFolder) != .folder {
      throw DataError(
        .notFound, path: requestedFolder, expected: "a folder with data sets",
        found: FileStatus(path: requestedFolder) == .missing ? "nothing" : "no folder")
    }
    guard let nameOrPath else {
      return NamedDataset.allCases.lazy.compactMap { find($0) }.first ?? .shapes
    }
    if let dataset = NamedDataset(rawValue: nameOrPath) {
      guard let location = find(dataset) else { throw missing(dataset) }
      return location
    }
    return try Self.recognize(folder: nameOrPath)
  }

  /// The place of a named data set; `nil` when it is nowhere.
  public func find(_ dataset: NamedDataset) -> DatasetLocation? {
    switch dataset {
    case .cifar10:
      Self.firstFolder(CIFAR10.folderName, in: folders).map(DatasetLocation.cifar10)
    case .fashionMNIST:
      Self.firstFolder(dataset.rawValue, in: folders + [systemFolder]).map(DatasetLocation.idx)
    case .shapes: .shapes
    }
  }

  private static func firstFolder(_ name: String, in folders: [String]) -> String? {
    folders.lazy.map { path($0, name) }.first { FileStatus(path: $0) == .folder }
  }

  /// The kind of data set in a folder, by the names of its files.
  private static func recognize(folder: String) throws -> DatasetLocation {
    switch FileStatus(path: folder) {
    case .folder: break
    case .missing: throw unknown(folder)
    case .file, .other:
      throw DataError(
        .malformed, path: folder, expected: "the folder of a data set", found: "no folder",
        hint: "give the folder of the file")
    }
    func holds(_ names: [String], in folder: String) -> Bool {
      names.contains { FileStatus(path: path(folder, $0)).isFile }
    }
    let batches = CIFAR10.trainingFiles + [CIFAR10.testFile, CIFAR10.classNamesFile]
    if holds(batches, in: folder) { return .cifar10(folder: folder) }
    let inner = path(folder, CIFAR10.folderName)
    if FileStatus(path: inner) == .folder { return .cifar10(folder: inner) }
    if IDXFolder.fileNames.contains(where: { IDXFolder.find($0, in: folder) != nil }) {
      return .idx(folder: folder)
    }
    throw DataError(
      .notFound, path: folder,
      expected: "the files of CIFAR-10 (data_batch_1.bin, …) or of an IDX data set "
        + "(train-images-idx3-ubyte[.gz], …)",
      found: "neither")
  }

  private static func unknown(_ nameOrPath: String) -> DataError {
    let names = NamedDataset.allCases.map(\.rawValue)
    let nearest = nearestName(
      to: nameOrPath, among: names, within: max(1, nameOrPath.utf8.count / 3))
    return DataError(
      .notFound, path: nameOrPath,
      expected: "a data set (\(names.joined(separator: ", "))) or a folder",
      found: "neither",
      hint: nameOrPath.contains("/") ? "" : nearest.map { "the nearest name is \($0)" } ?? "")
  }

  private func missing(_ dataset: NamedDataset) -> DataError {
    let isFashion = dataset == .fashionMNIST
    let name = isFashion ? dataset.rawValue : CIFAR10.folderName
    let places = isFashion ? folders + [systemFolder] : folders
    let target = folders.last ?? "data"
    let advice =
      isFashion
      ? "install the Debian package dataset-fashion-mnist, or put its four files into "
        + path(target, name)
      : "run: strata data fetch cifar10, or unpack "
        + "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz into \(target)"
    return DataError(
      .notFound, path: dataset.rawValue,
      expected: "a folder \(name) in one of \(places.joined(separator: ", "))",
      found: "none", hint: advice)
  }
}
