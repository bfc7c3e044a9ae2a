import Foundation
import Strata
import StrataLab
import TestSupport

/// A folder with tiny images in it, and runs that learned from them.
final class SampleRuns {
  let folder: ScratchFolder

  init() throws {
    folder = try ScratchFolder()
    let data = URL(filePath: folder["tiny"])
    try FileManager.default.createDirectory(at: data, withIntermediateDirectories: false)
    try TinyData.write(to: data)
  }

  /// Trains for a moment; the path of the run folder.
  @discardableResult
  func train(_ name: String, _ settings: [RecipeKey: String] = [:]) throws -> String {
    let fixed: [RecipeKey: String] = [
      .data: folder["tiny"], .hidden: "8", .validation: "10", .batchSize: "10",
      .schedule: "constant", .epochs: "3", .threads: "1",
    ]
    var recipe = Recipe()
    let options = fixed.merging(settings) { $1 }
    try recipe.apply(options: options.map { (key: $0.key, text: $0.value) })
    let plan = try TrainingPlan(recipe)
    _ = try plan.run(into: RunFolder(claiming: folder[name]), isKept: false)
    return folder[name]
  }

  /// Replaces a text in a file of the folder.
  func edit(_ name: String, _ old: String, _ new: String) throws {
    let url = URL(filePath: folder[name])
    let text = String(decoding: try Data(contentsOf: url), as: UTF8.self)
    try Data(text.replacing(old, with: new).utf8).write(to: url)
  }

  /// Replaces the value of a member of a JSON file of the folder that has one member a line.
  func replace(_ key: String, in name: String, with value: String) throws {
    let url = URL(filePath: folder[name])
    let lines = String(decoding: try Data(contentsOf: url), as: UTF8.self).split(separator: "\n")
    let changed = lines.map { line in
      line.contains("\"\(key)\":") ? "\"\(key)\": \(value)\(line.hasSuffix(",") ? "," : "")" : line
    }
    try Data(changed.joined(separator: "\n").utf8).write(to: url)
  }
}
