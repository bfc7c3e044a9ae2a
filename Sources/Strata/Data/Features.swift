/// What the inputs of a row are.
public enum Features: Sendable, Hashable, Codable {
  /// The pixels of an image, plane after plane.
  case image(ImageShape)
  /// The columns of a table, by their names.
  case columns([String])

  /// Columns whose names are their numbers, counted from 0.
  public static func numberedColumns(_ count: Int) -> Features {
    .columns((0..<max(0, count)).map(String.init))
  }

  /// Inputs of a row, d.
  public var count: Int {
    switch self {
    case .image(let shape): shape.count
    case .columns(let names): names.count
    }
  }

  /// The shape of the images; `nil` for a table.
  public var imageShape: ImageShape? {
    if case .image(let shape) = self { shape } else { nil }
  }

  /// `count`; `nil` when there is no input, or the size of an image cannot be.
  var checkedCount: Int? {
    switch self {
    case .image(let shape): shape.checkedCount
    case .columns(let names): names.isEmpty ? nil : names.count
    }
  }
}

extension Features: CustomStringConvertible {
  /// `3 × 32 × 32 pixels` or `4 columns`.
  public var description: String {
    switch self {
    case .image(let shape): "\(shape.channels) × \(shape.height) × \(shape.width) pixels"
    case .columns(let names): names.count == 1 ? "1 column" : "\(names.count) columns"
    }
  }
}
