/// A safetensors file: named arrays of numbers and some text about them.
///
/// Eight bytes with the length N of the header, little-endian; N bytes of JSON; the tensors one
/// after the other, without holes. Every claim of the header is checked against the file before
/// memory is taken for it, and so are the digests that the files of this package carry.
///
/// - SeeAlso: <https://github.com/huggingface/safetensors>, section “Format”.
public struct Safetensors: Sendable {
  /// One array of the file.
  public struct Tensor: Sendable, Hashable {
    /// The name.
    public let name: String
    /// The type of the elements.
    public let type: TensorType
    /// The size of each dimension; the last one varies fastest.
    public let shape: [Int]
    /// Where the bytes lie in the file.
    package let range: Range<Int>

    /// The number of elements.
    public var count: Int { shape.reduce(1, *) }
  }

  /// The longest header that is read; that of a network of fifty layers takes a thousandth of it.
  public static let greatestHeaderLength = 1 << 24

  /// Where the bytes came from, for messages.
  public let path: String
  /// The file's metadata, without its digests.
  public let metadata: [String: String]
  /// Whether the file carries digests, which are those of its bytes then; others are read as well.
  public let hasDigests: Bool
  /// The tensors, in the order of their bytes.
  public let tensors: [Tensor]
  private let source: SafetensorsSource

  /// Reads a file's header; the tensors stay in the file until they are asked for.
  ///
  /// - Throws: `DataError` when there is no such file or it is not a whole safetensors file.
  public init(contentsOfFile path: String) throws {
    try self.init(source: .file(OpenFile(path: path)), path: path)
  }

  /// Reads the header of bytes in memory; `path` is for messages.
  ///
  /// - Throws: `DataError` when the bytes are not a whole safetensors file.
  public init(bytes: some Collection<UInt8>, path: String) throws {
    try self.init(source: .memory(ByteBlock(bytes)), path: path)
  }

  private init(source: SafetensorsSource, path: String) throws {
    let end = try SafetensorsHeader.end(in: source, path: path)
    let header = try source.withBytes(8..<end) {
      try SafetensorsHeader($0, fileLength: source.count, path: path)
    }
    var metadata = header.metadata
    hasDigests = try SafetensorsDigests.check(
      source, headerEnd: end, metadata: &metadata, path: path)
    self.source = source
    self.path = path
    self.metadata = metadata
    tensors = header.tensors
  }

  /// The tensor of a name.
  public subscript(name: String) -> Tensor? {
    tensors.first { $0.name == name }
  }

  /// Refuses a file that is too long to be read as a whole.
  ///
  /// - Throws: `DataError`.
  func requireMemory() throws {
    try PhysicalMemory.require(source.count, of: path)
  }

  /// The bytes of a tensor of this file.
  ///
  /// - Throws: `DataError` when they cannot be read.
  package func withBytes<Result>(
    of tensor: Tensor, _ body: (UnsafeRawBufferPointer) throws -> Result
  ) throws -> Result {
    try source.withBytes(tensor.range, body)
  }
}

/// The header of a safetensors file, checked.
private struct SafetensorsHeader {
  private(set) var metadata: [String: String] = [:]
  private(set) var tensors: [Safetensors.Tensor] = []
  private let path: String

  /// Where the header of a file ends and the tensors start.
  static func end(in file: SafetensorsSource, path: String) throws -> Int {
    guard file.count >= 8 else {
      throw DataError(
        .malformed, path: path, expected: "the 8 bytes of a header length",
        found: "\(file.count) bytes")
    }
    let length = try file.withBytes(0..<8) {
      UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self))
    }
    let greatest = min(Safetensors.greatestHeaderLength, file.count - 8)
    guard length <= greatest else {
      throw DataError(
        .malformed, path: path,
        expected: "a safetensors file, which starts with the length of its header, here at most "
          + "\(greatest)",
        found: "\(length)")
    }
    return 8 + Int(length)
  }

  /// Reads the JSON of a file's header.
  init(_ header: UnsafeRawBufferPointer, fileLength: Int, path: String) throws {
    self.path = path
    guard header.first == UInt8(ascii: "{") else {
      throw malformed("a safetensors header that starts with {", found: "another beginning")
    }
    let start = 8 + header.count
    for member in try Self.parse(header, path: path) {
      if member.name == "__metadata__" {
        metadata = try strings(member.value)
      } else {
        tensors.append(try tensor(member, dataStart: start, fileLength: fileLength))
      }
    }
    tensors.sort {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
    try checkCoverage(from: start, to: fileLength)
  }

  private static func parse(
    _ header: UnsafeRawBufferPointer, path: String
  ) throws -> [JSONValue.Member] {
    do {
      return try JSONValue(parsing: header).members ?? []
    } catch {
      throw DataError(
        .malformed, path: path,
        expected: "\(error.expected) at byte \(8 + error.offset) of the safetensors header",
        found: "something else")
    }
  }

  private func strings(_ value: JSONValue) throws -> [String: String] {
    guard let members = value.members else {
      throw malformed("an object as __metadata__", found: "another value")
    }
    return try members.reduce(into: [:]) { strings, member in
      guard let string = member.value.string else {
        throw malformed("strings in __metadata__", found: "another value for \(member.name)")
      }
      strings[member.name] = string
    }
  }

  private func tensor(
    _ member: JSONValue.Member, dataStart: Int, fileLength: Int
  ) throws -> Safetensors.Tensor {
    let name = member.name
    guard Set((member.value.members ?? []).map(\.name)) == ["dtype", "shape", "data_offsets"] else {
      throw malformed("dtype, shape and data_offsets of tensor \(name)", found: "other members")
    }
    let typeName = member.value["dtype"]?.string ?? "no string"
    guard let type = TensorType(rawValue: typeName) else {
      throw malformed("a known dtype of tensor \(name)", found: typeName)
    }
    let sizes = (member.value["shape"]?.elements ?? [.null]).map { $0.integer ?? -1 }
    let offsets = (member.value["data_offsets"]?.elements ?? []).map { $0.integer ?? -1 }
    guard sizes.allSatisfy({ $0 >= 0 }) else {
      throw malformed("a shape of whole numbers of tensor \(name)", found: "something else")
    }
    guard offsets.count == 2, 0 <= offsets[0], offsets[0] <= offsets[1],
      offsets[1] <= fileLength - dataStart
    else {
      throw malformed(
        "data_offsets of tensor \(name) that rise from 0 to \(fileLength - dataStart) at most",
        found: offsets.map(String.init).joined(separator: ", "))
    }
    guard let byteCount = Self.byteCount(type: type, shape: sizes),
      byteCount == offsets[1] - offsets[0]
    else {
      throw malformed(
        "as many bytes in tensor \(name) as \(type.rawValue) of shape \(sizes) takes",
        found: "\(offsets[1] - offsets[0])")
    }
    return Safetensors.Tensor(
      name: name, type: type, shape: sizes,
      range: (dataStart + offsets[0])..<(dataStart + offsets[1]))
  }

  /// The bytes of a tensor; `nil` when they are too many to count or not whole.
  private static func byteCount(type: TensorType, shape: [Int]) -> Int? {
    var bits = type.bits
    for size in shape {
      let (product, overflows) = bits.multipliedReportingOverflow(by: size)
      if overflows { return nil }
      bits = product
    }
    return bits % 8 == 0 ? bits / 8 : nil
  }

  private func checkCoverage(from start: Int, to end: Int) throws {
    var position = start
    for tensor in tensors {
      guard tensor.range.lowerBound == position else {
        throw malformed(
          "tensor \(tensor.name) to start at byte \(position), without hole or overlap",
          found: "byte \(tensor.range.lowerBound)")
      }
      position = tensor.range.upperBound
    }
    guard position == end else {
      throw malformed("the last tensor to end with the file, at byte \(end)", found: "\(position)")
    }
  }

  private func malformed(_ expected: String, found: String) -> DataError {
    DataError(.malformed, path: path, expected: expected, found: found)
  }
}
