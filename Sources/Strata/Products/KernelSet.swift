internal import CStrataKernels

/// The innermost loops in one instruction set: `avx512`, `avx2`, `neon` or `plain`.
///
/// Results depend on the set in their last bits, so its name is stored with every result.
///
/// `@unchecked Sendable`: the table that it points to is constant.
public struct KernelSet: @unchecked Sendable {
  let table: UnsafePointer<strata_kernels>

  /// The name of the instruction set.
  public var name: String { String(cString: table.pointee.name) }

  /// The fastest set that this processor has.
  public static let best = KernelSet(table: strata_kernels_best())

  /// The set that the variable `STRATA_KERNEL` of an environment names; the fastest without it.
  ///
  /// - Throws: `ConfigurationError` where the name is unknown or the processor lacks the set.
  public static func selected(in environment: [String: String]) throws -> KernelSet {
    guard let name = environment["STRATA_KERNEL"], !name.isEmpty else { return best }
    return try KernelSet(named: name)
  }

  /// The names that a set can have.
  public static let names = ["avx512", "avx2", "neon", "plain"]

  /// The sets that this processor and this build have, the fastest first.
  public static var available: [KernelSet] { names.compactMap { try? KernelSet(named: $0) } }

  /// The same loops, but for products, which multiply pairs of bfloat16 numbers; `nil` where the
  /// processor cannot.
  var pairs: KernelSet? { strata_kernels_of_pairs(table).map { KernelSet(table: $0) } }

  private init(table: UnsafePointer<strata_kernels>) {
    self.table = table
  }

  /// The set of that name.
  ///
  /// - Throws: `ConfigurationError` where the name is unknown or the processor lacks the set.
  public init(named name: String) throws {
    guard let table = strata_kernels_named(name) else {
      let known = Self.names.filter { strata_kernels_named($0) != nil }
      throw ConfigurationError(
        setting: "STRATA_KERNEL",
        expected: "one of \(known.joined(separator: ", ")) on this processor",
        found: "\"\(name)\"")
    }
    self.table = table
  }
}
