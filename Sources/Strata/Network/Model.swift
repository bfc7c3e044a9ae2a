/// A trained network with all that is needed to use it: what its inputs were, what its outputs
/// mean, and where it came from.
public struct Model: Sendable, Equatable {
  /// The network.
  public var network: Network
  /// How the numbers of a row become inputs.
  public var standardization: Standardization
  /// The classes, in the order of the outputs.
  public var classNames: [String]
  /// What the inputs are.
  public var features: Features
  /// The name of the data set that it learned from.
  public var dataName: String
  /// The SHA-256 of that data set, in hexadecimal digits; may be empty.
  public var dataDigest: String
  /// The resolved recipe, as JSON; may be empty.
  public var configuration: String
  /// The name of the kernels that trained it.
  public var kernel: String
  /// The version of the library that trained it.
  public var version: String

  /// Creates a model.
  public init(
    network: Network, standardization: Standardization, classNames: [String], features: Features,
    dataName: String, dataDigest: String = "", configuration: String = "", kernel: String = "",
    version: String = strataVersion
  ) {
    self.network = network
    self.standardization = standardization
    self.classNames = classNames
    self.features = features
    self.dataName = dataName
    self.dataDigest = dataDigest
    self.configuration = configuration
    self.kernel = kernel
    self.version = version
  }

  /// Checks that the parts belong together and that every number is finite.
  ///
  /// - Parameter path: The file, for messages.
  func validate(path: String) throws {
    let architecture = network.architecture
    func require(_ condition: Bool, _ expected: String, _ found: String) throws {
      if !condition { throw DataError(.malformed, path: path, expected: expected, found: found) }
    }
    try require(
      features.checkedCount == architecture.inputs, "features for \(architecture.inputs) inputs",
      "\(features)")
    try require(
      classNames.count == architecture.classes, "\(architecture.classes) class names",
      "\(classNames.count)")
    try require(
      standardization.mean.count == architecture.inputs,
      "\(architecture.inputs) means and deviations", "\(standardization.mean.count)")
    try network.requireSound(with: standardization, path: path)
    let numbers = [
      network.parameters.elements, network.statistics.means.elements,
      network.statistics.variances.elements, standardization.mean, standardization.deviation,
    ]
    try require(
      numbers.allSatisfy { $0.allSatisfy(\.isFinite) }, "finite numbers", "one that is not")
  }
}

extension Network {
  /// Checks that no deviation of an input is 0 or below, and no running variance below 0.
  ///
  /// - Parameter path: The file, for messages.
  func requireSound(with standardization: Standardization, path: String) throws {
    guard standardization.deviation.allSatisfy({ $0 > 0 }) else {
      throw DataError(
        .malformed, path: path, expected: "positive numbers in input.std", found: "another number")
    }
    guard statistics.variances.elements.allSatisfy({ $0 >= 0 }) else {
      throw DataError(
        .malformed, path: path, expected: "running variances that are not negative",
        found: "another number")
    }
  }
}

extension ImageShape {
  /// `count`; `nil` when a size is below 1 or the product too large.
  var checkedCount: Int? {
    var product = 1
    for size in [channels, height, width] {
      let (result, overflows) = product.multipliedReportingOverflow(by: size)
      if size < 1 || overflows { return nil }
      product = result
    }
    return product
  }
}
