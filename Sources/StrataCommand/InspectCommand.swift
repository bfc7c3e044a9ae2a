import ArgumentParser
import Foundation
import Strata
import StrataLab

/// `strata inspect`.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Show what is in a model, a checkpoint or another safetensors file.",
    discussion: "Example: strata inspect runs/first/model.safetensors")

  @Argument(help: "The file, or the folder of a run.") var file: String
  @Flag(help: "Print JSON.") var json = false

  func run() throws {
    let inspection = try Inspection(of: file)
    if json {
      print(inspection.json.indentedText)
    } else {
      show(inspection)
    }
    if let problem = inspection.problem { throw problem }
  }

  private func show(_ inspection: Inspection) {
    var facts: [[String]] = []
    if let network = inspection.network {
      let widths = (0...network.architecture.depth).map { "\(network.architecture.width(of: $0))" }
      facts.append(["network", widths.joined(separator: "-")])
      facts.append(["parameters", "\(network.layout.parameterCount)"])
    }
    facts.append(["tensors", "\(inspection.rows.count), \(inspection.elementCount) elements"])
    for (key, value) in inspection.file.metadata.sorted(by: { $0.key < $1.key }) {
      let lines = value.split(separator: "\n").map(String.init)
      facts += zip([key] + lines.dropFirst().map { _ in "" }, lines.isEmpty ? [""] : lines)
        .map { [$0, $1] }
    }
    print(TextTable(rows: facts).text)
    let head = ["tensor", "type", "shape", "minimum", "mean", "maximum", "deviation", ""]
    let rows = [head] + inspection.rows.map(Self.row)
    print(TextTable(rows: rows, numeric: 3...6).text, terminator: "")
  }

  private static func row(_ row: Inspection.Row) -> [String] {
    func number(_ value: Double?) -> String { value.map { String(format: "%.5g", $0) } ?? "-" }
    let summary = row.summary
    let nonFinite = summary?.nonFiniteCount ?? 0
    let shape = row.tensor.shape.map(String.init).joined(separator: " × ")
    return [
      row.tensor.name, row.tensor.type.rawValue, shape.isEmpty ? "scalar" : shape,
      number(summary?.minimum), number(summary?.mean), number(summary?.maximum),
      number(summary?.standardDeviation), nonFinite == 0 ? "" : "\(nonFinite) not finite",
    ]
  }
}
