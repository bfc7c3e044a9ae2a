package import Strata

/// What is in a safetensors file.
package struct Inspection: Sendable {
  /// A tensor and what its numbers look like; `nil` for types that are not numbers one by one.
  package typealias Row = (tensor: Safetensors.Tensor, summary: TensorSummary?)

  /// The file.
  package let file: Safetensors
  /// The tensors, by layer and name.
  package let rows: [Row]
  /// The network, where the file is a sound model or checkpoint.
  package let network: Network?
  /// Why a file that calls itself a model or a checkpoint is none.
  package let problem: DataError?

  /// Reads a file, or of a run's folder its model; while there is none, its last checkpoint.
  ///
  /// - Throws: `DataError` when it is no safetensors file.
  package init(of path: String) throws {
    try self.init(contentsOfFile: FileStatus(path: path) == .folder ? Self.file(of: path) : path)
  }

  /// The file of a run's folder that holds its network.
  private static func file(of folder: String) throws -> String {
    try Folder.requireList(folder)
    let names = [RunFolder.modelName, CheckpointFiles.lastName, CheckpointFiles.previousName]
    let files = names.map { Strata.path(folder, $0) }
    guard let file = files.first(where: { FileStatus(path: $0).isFile }) else {
      throw DataError(
        .notFound, path: folder, expected: "a file, or the folder of a run",
        found: "a folder without model and checkpoint")
    }
    return file
  }

  private init(contentsOfFile path: String) throws {
    let file = try Safetensors(contentsOfFile: path)
    self.file = file
    rows = try file.tensors.map { (key: Self.key($0.name), tensor: $0) }
      .sorted { $0.key < $1.key }
      .map { ($0.tensor, try file.realNumbers(of: $0.tensor).map(TensorSummary.init)) }
    var network: Network?
    var problem: DataError?
    do {
      switch file.metadata["format"] {
      case Model.format: network = try Model(file).network
      case Checkpoint.format: network = try Checkpoint(file).network
      default: break
      }
    } catch let error as DataError {
      problem = error
    }
    self.network = network
    self.problem = problem
  }

  /// Elements of all tensors.
  package var elementCount: Int { rows.reduce(0) { $0 + $1.tensor.count } }

  /// The inspection for a program to read.
  package var json: JSONValue {
    let metadata = file.metadata.sorted { $0.key < $1.key }
      .map { JSONValue.Member($0.key, .string($0.value)) }
    let layout = network?.layout
    return .object([
      JSONValue.Member("path", .string(file.path)),
      JSONValue.Member("format", file.metadata["format"].map(JSONValue.string) ?? .null),
      JSONValue.Member("architecture", network?.architecture.json ?? .null),
      JSONValue.Member("parameters", layout.map { .integer($0.parameterCount) } ?? .null),
      JSONValue.Member("elements", .integer(elementCount)),
      JSONValue.Member("metadata", .object(metadata)),
      JSONValue.Member("tensors", .array(rows.map(Self.json))),
      JSONValue.Member("problem", problem.map { .string($0.description) } ?? .null),
    ])
  }

  private static func json(_ row: Row) -> JSONValue {
    let summary = row.summary
    return .object([
      JSONValue.Member("name", .string(row.tensor.name)),
      JSONValue.Member("dtype", .string(row.tensor.type.rawValue)),
      JSONValue.Member("shape", .array(row.tensor.shape.map(JSONValue.integer))),
      JSONValue.Member("min", .real(summary?.minimum)),
      JSONValue.Member("mean", .real(summary?.mean)),
      JSONValue.Member("max", .real(summary?.maximum)),
      JSONValue.Member("deviation", .real(summary?.standardDeviation)),
      JSONValue.Member("finite", summary.map { .boolean($0.nonFiniteCount == 0) } ?? .null),
    ])
  }

  /// The name with its numbers padded, so that layer 10 comes after layer 9.
  private static func key(_ name: String) -> String {
    name.split(separator: ".", omittingEmptySubsequences: false).map { part in
      Int(part) == nil ? String(part) : String(repeating: "0", count: max(0, 8 - part.count)) + part
    }.joined(separator: ".")
  }
}
