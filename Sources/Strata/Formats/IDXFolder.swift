/// A folder with the four IDX files of MNIST, Fashion-MNIST or a data set like them.
///
/// Each file may be plain or compressed by gzip: `train-images-idx3-ubyte[.gz]`,
/// `train-labels-idx1-ubyte[.gz]`, and the same with `t10k` for the test images.
public enum IDXFolder {
  /// The classes of Fashion-MNIST (Xiao, Rasul & Vollgraf 2017,
  /// <https://arxiv.org/abs/1708.07747>, table 2).
  public static let fashionClassNames = [
    "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag",
    "Ankle boot",
  ]

  package static let fileNames = [
    "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
  ]

  /// Reads a folder as Fashion-MNIST when the folder's name contains `fashion`, else as digits.
  ///
  /// - Throws: `DataError` naming the file, and the image of a label above 9.
  public static func load(folder: String) throws -> DatasetPair {
    let names = isFashion(folder: folder) ? fashionClassNames : (0...9).map(String.init)
    let name = name(folder: folder)
    func part(_ prefix: String) throws -> Dataset {
      try dataset(prefix: prefix, folder: folder, name: name, classNames: names)
    }
    let pair = DatasetPair(training: try part("train"), test: try part("t10k"))
    guard pair.training.features == pair.test.features else {
      throw DataError(
        .malformed, path: folder, expected: "test images of \(pair.training.features)",
        found: "\(pair.test.features)")
    }
    return pair
  }

  /// Whether a folder is taken for Fashion-MNIST.
  package static func isFashion(folder: String) -> Bool {
    lastComponent(of: folder).lowercased().contains("fashion")
  }

  /// The name of the data set in a folder: Fashion-MNIST's own, or else the folder's.
  package static func name(folder: String) -> String {
    isFashion(folder: folder) ? NamedDataset.fashionMNIST.rawValue : lastComponent(of: folder)
  }

  /// The path of a file in `folder`, plain or compressed; `nil` when neither is there.
  package static func find(_ name: String, in folder: String) -> String? {
    [path(folder, name), path(folder, name + ".gz")].first { FileStatus(path: $0).isFile }
  }

  private static func open(_ name: String, in folder: String, rank: Int) throws -> IDXFile {
    guard let path = find(name, in: folder) else {
      throw DataError(
        .notFound, path: path(folder, name), expected: "this file, or the same with .gz",
        found: "neither")
    }
    return try IDXFile(path: path, rank: rank)
  }

  private static func dataset(
    prefix: String, folder: String, name: String, classNames: [String]
  ) throws -> Dataset {
    let images = try open("\(prefix)-images-idx3-ubyte", in: folder, rank: 3)
    let labels = try open("\(prefix)-labels-idx1-ubyte", in: folder, rank: 1)
    let count = images.dimensions[0]
    guard labels.dimensions[0] == count else {
      throw DataError(
        .malformed, path: labels.path, expected: "\(count) labels, one for each image",
        found: "\(labels.dimensions[0])")
    }
    let values = labels.withElements { Array($0) }
    if let image = values.firstIndex(where: { $0 >= classNames.count }) {
      throw DataError(
        .malformed, path: labels.path, expected: "labels from 0 to \(classNames.count - 1)",
        found: "label \(values[image]) of image \(image), counted from 0")
    }
    let shape = ImageShape(
      channels: 1, height: images.dimensions[1], width: images.dimensions[2])
    let segment = DataRows.Segment(
      source: images.source, firstOffset: images.firstOffset, stride: shape.count, count: count)
    return try Dataset(
      name: name, features: .image(shape), classNames: classNames,
      rows: DataRows(of: .byte, columns: shape.count, segments: [segment]),
      labels: values.map(UInt16.init))
  }
}
