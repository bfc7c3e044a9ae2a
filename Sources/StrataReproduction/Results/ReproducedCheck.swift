package import Strata
import StrataLab

/// What a gradient check of a reproduction found.
package struct ReproducedCheck: Sendable {
  /// What is checked, and what was published.
  package let gradient: ReproducedGradient
  /// Whether no bound is exceeded.
  package let passes: Bool
  /// Every tensor.
  package let tensors: [Tensor]
  /// The box plot of all errors, as SVG.
  package let figure: String

  /// The relative errors of one tensor's gradient.
  package struct Tensor: Sendable, Hashable {
    /// Kind and layer, as in the equations: `W1`.
    package let name: String
    /// Against central differences; `nil` where the gradient is zero.
    package let mean: Double?
    /// Their standard deviation; `nil` where there are fewer than two.
    package let standardDeviation: Double?
    /// The largest.
    package let maximum: Double?
    /// The largest of the gradient that training uses, against the reference's.
    package let productionMaximum: Double?
    /// The largest absolute value that was found where the gradient is zero; `nil` elsewhere.
    package let largestOfZero: Double?
    /// The gradient itself, and its differences from the central ones.
    package let gradient: GradientStatistics?
  }

  /// The largest error against central differences; `nil` where nothing was compared.
  package var maximum: Double? { tensors.compactMap(\.maximum).max() }
  /// The largest error of the gradient that training uses.
  package var productionMaximum: Double? { tensors.compactMap(\.productionMaximum).max() }

  /// Summarizes a report.
  init(_ gradient: ReproducedGradient, _ report: GradientCheckReport) {
    self.gradient = gradient
    passes = report.passes
    figure = report.figure
    tensors = report.differences.tensors.indices.map { index in
      let tensor = report.differences.tensors[index]
      return Tensor(
        name: "\(tensor.kind.rawValue)\(tensor.layer + 1)", mean: tensor.summary?.mean,
        standardDeviation: (try? SampleSummary(tensor.errors))?.standardDeviation,
        maximum: tensor.summary?.maximum,
        productionMaximum: report.production?.tensors[index].summary?.maximum,
        largestOfZero: tensor.zeroGradient?.expected, gradient: tensor.statistics)
    }
  }
}

extension ReproducedCheck {
  /// The box plot's file, in the folder of the check.
  static let figureName = "figure.svg"

  /// Writes the folder of a check; the summary comes last.
  ///
  /// - Throws: `DataError` when it cannot be written.
  func write(to folder: String) throws {
    try Folder.create(folder)
    try DurableFile.write(figure, to: path(folder, Self.figureName))
    try DurableFile.write(json.indentedText + "\n", to: path(folder, RunFolder.summaryName))
  }

  private var json: JSONValue {
    let members = tensors.map { tensor in
      JSONValue.object([
        .init("name", .string(tensor.name)), .init("mean", .real(tensor.mean)),
        .init("deviation", .real(tensor.standardDeviation)),
        .init("maximum", .real(tensor.maximum)),
        .init("production_maximum", .real(tensor.productionMaximum)),
        .init("largest_of_zero", .real(tensor.largestOfZero)),
        .init("gradient", tensor.gradient?.json ?? .null),
      ])
    }
    return .object([
      .init("passed", .boolean(passes)), .init("tensors", .array(members)),
      .init("figure_sha256", .string(SHA256.hexadecimal(of: figure))),
    ])
  }

  /// Reads the folder of a check.
  ///
  /// - Throws: `DataError` when it is damaged.
  init(_ gradient: ReproducedGradient, contentsOf folder: String) throws {
    let summaryPath = path(folder, RunFolder.summaryName)
    let hint = "remove the folder \(folder) to make the check again"
    let json = try JSONFile.read(summaryPath, "the summary of a gradient check", hint: hint)
    let tensors = json["tensors"]?.elements?.map(Tensor.init)
    guard case .boolean(let passes)? = json["passed"], let tensors,
      tensors.map({ $0?.name }) == gradient.tensorNames
    else {
      throw DataError(
        .malformed, path: summaryPath,
        expected: "passed, and errors from 0 of \(gradient.tensorNames.joined(separator: ", "))",
        found: "something else", hint: hint)
    }
    let figurePath = path(folder, Self.figureName)
    let figure = String(
      decoding: try readStart(of: figurePath, limit: 1 << 24, expected: "a figure"),
      as: UTF8.self)
    guard json["figure_sha256"]?.string == SHA256.hexadecimal(of: figure) else {
      throw DataError(
        .malformed, path: figurePath,
        expected: "the figure with the SHA-256 in \(RunFolder.summaryName)", found: "another",
        hint: hint)
    }
    self.gradient = gradient
    self.passes = passes
    self.tensors = tensors.compactMap(\.self)
    self.figure = figure
  }
}

extension ReproducedCheck.Tensor {
  /// Reads a tensor; `nil` when it is none.
  fileprivate init?(_ json: JSONValue) {
    guard let name = json["name"]?.string else { return nil }
    let keys = ["mean", "deviation", "maximum", "production_maximum", "largest_of_zero"]
    let numbers = keys.map { json[$0]?.real(Double.self) }
    let isWhole = zip(keys, numbers).allSatisfy { key, number in
      number.map { $0 >= 0 } ?? (json[key] == .null)
    }
    let gradient = json["gradient"].flatMap(GradientStatistics.init)
    guard isWhole, gradient != nil || json["gradient"] == .null else { return nil }
    self.init(
      name: printableLine(name), mean: numbers[0], standardDeviation: numbers[1],
      maximum: numbers[2],
      productionMaximum: numbers[3], largestOfZero: numbers[4], gradient: gradient)
  }
}

extension GradientStatistics {
  /// The numbers, under the names of the listing.
  fileprivate var json: JSONValue {
    .object([
      .init("mean", .real(mean)), .init("std", .real(std)),
      .init("mean_diff", .real(meanDifference)), .init("std_diff", .real(stdDifference)),
      .init("max_diff", .real(maxDifference)),
    ])
  }

  /// Reads the numbers; `nil` when they are others.
  fileprivate init?(_ json: JSONValue) {
    let keys = ["mean", "std", "mean_diff", "std_diff", "max_diff"]
    let numbers = keys.compactMap { json[$0]?.real(Double.self) }
    guard numbers.count == keys.count else { return nil }
    self.init(
      mean: numbers[0], std: numbers[1], meanDifference: numbers[2], stdDifference: numbers[3],
      maxDifference: numbers[4])
  }
}
