/// The elements of a tensor to be written.
public enum TensorValues: Sendable, Equatable {
  /// F32.
  case floats([Float])
  /// F64.
  case doubles([Double])
  /// I64.
  case integers([Int64])
  /// U32.
  case words([UInt32])
  /// U8.
  case bytes([UInt8])

  /// The type in the file.
  public var type: TensorType {
    switch self {
    case .floats: .f32
    case .doubles: .f64
    case .integers: .i64
    case .words: .u32
    case .bytes: .u8
    }
  }

  /// The number of elements.
  public var count: Int {
    switch self {
    case .floats(let values): values.count
    case .doubles(let values): values.count
    case .integers(let values): values.count
    case .words(let values): values.count
    case .bytes(let values): values.count
    }
  }

  fileprivate var byteCount: Int { count * type.bits / 8 }

  fileprivate func append(to bytes: inout [UInt8]) {
    switch self {
    case .floats(let values): append(values.lazy.map(\.bitPattern), to: &bytes)
    case .doubles(let values): append(values.lazy.map(\.bitPattern), to: &bytes)
    case .integers(let values): append(values, to: &bytes)
    case .words(let values): append(values, to: &bytes)
    case .bytes(let values): bytes += values
    }
  }

  private func append(_ values: some Sequence<some FixedWidthInteger>, to bytes: inout [UInt8]) {
    for value in values {
      withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }
  }
}

/// A tensor to be written.
public struct NamedTensor: Sendable, Equatable {
  /// The name in the file.
  public let name: String
  /// The size of each dimension; the last one varies fastest.
  public let shape: [Int]
  /// The elements.
  public let values: TensorValues

  /// Creates a tensor.
  ///
  /// - Precondition: as many values as the shape says.
  public init(_ name: String, shape: [Int], _ values: TensorValues) {
    precondition(shape.reduce(1, *) == values.count, "the values do not fit the shape")
    self.name = name
    self.shape = shape
    self.values = values
  }
}

extension Safetensors {
  /// A file like that of `encode(_:metadata:)`, which also holds the SHA-256 of its header and of
  /// its tensors.
  ///
  /// Strata checks them when it opens the file; other programs ignore them.
  ///
  /// - Throws: `DataError` when two tensors have one name or the header would be too long.
  public static func encodeWithDigests(
    _ tensors: [NamedTensor], metadata: [String: String]
  ) throws -> [UInt8] {
    let metadata = metadata.merging(SafetensorsDigests.blank) { _, blank in blank }
    var file = try encode(tensors, metadata: metadata)
    let dataLength = tensors.reduce(0) { $0 + $1.values.byteCount }
    SafetensorsDigests.fill(into: &file, headerEnd: file.count - dataLength)
    return file
  }

  /// A file with these tensors and this text about them.
  ///
  /// Tensors are sorted by type, the widest first, then by name; metadata by key. The same content
  /// therefore gives the same bytes.
  ///
  /// - Throws: `DataError` when two tensors have one name or the header would be too long.
  public static func encode(
    _ tensors: [NamedTensor], metadata: [String: String]
  ) throws -> [UInt8] {
    let tensors = tensors.sorted {
      ($1.values.type.rank, $0.name) < ($0.values.type.rank, $1.name)
    }
    var members: [JSONValue.Member] = []
    if !metadata.isEmpty {
      let strings = metadata.sorted { $0.key < $1.key }
        .map { JSONValue.Member($0.key, .string($0.value)) }
      members.append(JSONValue.Member("__metadata__", .object(strings)))
    }
    var end = 0
    for tensor in tensors {
      let start = end
      end += tensor.values.byteCount
      members.append(JSONValue.Member(tensor.name, description(of: tensor, start: start, end: end)))
    }
    guard Set(members.map(\.name)).count == members.count else {
      throw DataError(
        .malformed, path: "safetensors", expected: "tensors of different names",
        found: "a name twice, or __metadata__ as a name")
    }
    return try assemble(tensors, header: JSONValue.object(members).text, dataLength: end)
  }

  private static func description(of tensor: NamedTensor, start: Int, end: Int) -> JSONValue {
    .object([
      JSONValue.Member("dtype", .string(tensor.values.type.rawValue)),
      JSONValue.Member("shape", .array(tensor.shape.map(JSONValue.integer))),
      JSONValue.Member("data_offsets", .array([.integer(start), .integer(end)])),
    ])
  }

  private static func assemble(
    _ tensors: [NamedTensor], header: String, dataLength: Int
  ) throws -> [UInt8] {
    var header = Array(header.utf8)
    header += [UInt8](repeating: UInt8(ascii: " "), count: (8 - header.count % 8) % 8)
    guard header.count <= greatestHeaderLength else {
      throw DataError(
        .malformed, path: "safetensors",
        expected: "a header of at most \(greatestHeaderLength) bytes", found: "\(header.count)")
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 + header.count + dataLength)
    withUnsafeBytes(of: UInt64(header.count).littleEndian) { bytes.append(contentsOf: $0) }
    bytes += header
    for tensor in tensors { tensor.values.append(to: &bytes) }
    return bytes
  }
}
