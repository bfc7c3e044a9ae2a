import Foundation
import Strata

/// A safetensors file of vectors, read without a line of the library that is tested.
struct GoldenFile {
  struct Broken: Error { let what: String }

  private struct Entry: Decodable {
    let dtype: String
    let data_offsets: [Int]
  }

  private let metadata: [String: String]
  private let entries: [String: Entry]
  private let bytes: Data

  init(name: String) throws {
    let url = Bundle.module.url(
      forResource: name, withExtension: "safetensors", subdirectory: "Fixtures")
    guard let url else { throw Broken(what: name) }
    let file = try Data(contentsOf: url)
    let length = file.prefix(8).enumerated().reduce(0) { $0 | Int($1.element) << (8 * $1.offset) }
    let header = file.subdata(in: 8..<(8 + length))
    struct Metadata: Decodable { let __metadata__: [String: String] }
    metadata = try JSONDecoder().decode(Metadata.self, from: header).__metadata__
    struct Lenient: Decodable {
      let entry: Entry?
      init(from decoder: any Decoder) throws { entry = try? Entry(from: decoder) }
    }
    entries = try JSONDecoder().decode([String: Lenient].self, from: header)
      .compactMapValues(\.entry)
    bytes = file.subdata(in: (8 + length)..<file.count)
  }

  func text(_ key: String) throws -> String {
    guard let text = metadata[key] else { throw Broken(what: key) }
    return text
  }

  func number(_ key: String) throws -> Double {
    guard let number = Double(try text(key)) else { throw Broken(what: key) }
    return number
  }

  func optimizer() throws -> Optimizer {
    guard let rule = Optimizer.Rule(rawValue: try text("optimizer")) else {
      throw Broken(what: "optimizer")
    }
    var optimizer = Optimizer(rule)
    if rule == .adamw { optimizer.weightDecay = try number("weight_decay") }
    return optimizer
  }

  func architecture() throws -> Architecture {
    guard let placement = BatchNormalizationPlacement(rawValue: try text("batch_norm")) else {
      throw Broken(what: "batch_norm")
    }
    let name = (try? text("activation")) ?? "relu"
    guard let activation = Activation(rawValue: name) else { throw Broken(what: name) }
    return try Architecture(
      inputs: Int(number("inputs")),
      hidden: text("hidden").split(separator: ",").compactMap { Int($0) },
      classes: Int(number("classes")), batchNormalization: placement,
      activation: activation,
      normalizationEpsilon: Float(number("epsilon")),
      statisticsDecay: Float(number("statistics_decay")))
  }

  func values(_ name: String) throws -> [Double] {
    guard let entry = entries[name], entry.data_offsets.count == 2 else { throw Broken(what: name) }
    let data = bytes.subdata(in: entry.data_offsets[0]..<entry.data_offsets[1])
    return try data.withUnsafeBytes { raw in
      switch entry.dtype {
      case "F64":
        (0..<(raw.count / 8)).map { raw.loadUnaligned(fromByteOffset: 8 * $0, as: Double.self) }
      case "F32":
        (0..<(raw.count / 4)).map {
          Double(raw.loadUnaligned(fromByteOffset: 4 * $0, as: Float.self))
        }
      case "U8": raw.map(Double.init)
      default: throw Broken(what: entry.dtype)
      }
    }
  }

  func scalar(_ name: String) throws -> Double {
    guard let value = try values(name).first else { throw Broken(what: name) }
    return value
  }

  /// Cuts one vector into the tensors of each layer.
  func layers(_ name: String, layout: ParameterLayout) throws -> [LayerParameters] {
    var rest = try values(name)[...]
    func take(_ slice: Slice?) throws -> [Double] {
      let count = slice.map { $0.rows * $0.columns } ?? 0
      guard rest.count >= count else { throw Broken(what: name) }
      defer { rest = rest.dropFirst(count) }
      return Array(rest.prefix(count))
    }
    let layers = try layout.layers.map { layer in
      LayerParameters(
        weight: Matrix(
          rows: layer.weight.rows, columns: layer.weight.columns, elements: try take(layer.weight)),
        bias: try take(layer.bias), scale: try take(layer.scale), shift: try take(layer.shift))
    }
    guard rest.isEmpty else { throw Broken(what: name) }
    return layers
  }

  func snapshot(_ name: String, layout: ParameterLayout) throws -> GoldenCase.Snapshot {
    let widths = layout.layers.compactMap { $0.scale?.columns }
    func statistics(_ key: String) throws -> [[Double]] {
      var rest = try values(key)[...]
      return widths.map { width in
        defer { rest = rest.dropFirst(width) }
        return Array(rest.prefix(width))
      }
    }
    return try GoldenCase.Snapshot(
      layers: layers(name, layout: layout), means: statistics("\(name).means"),
      variances: statistics("\(name).variances"))
  }
}
