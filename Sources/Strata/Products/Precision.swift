/// The numbers that a network's large products multiply; they are summed in `Float` all the same.
///
/// Parameters, statistics, activations and everything else are `Float` in either case.
public enum Precision: String, Sendable, Hashable, Codable, CaseIterable {
  /// 24 bits of significand.
  case float32
  /// bfloat16: factors are rounded to 8 bits of significand, ties to even; numbers below 2⁻¹²⁶ count
  /// as 0.
  ///
  /// Layers of few inputs and few units stay as they are: rounding would cost more than it saves.
  case bf16
}

extension KernelSet {
  /// Whether these loops, on this processor, multiply numbers of that precision.
  public func supports(_ precision: Precision) -> Bool {
    precision == .float32 || pairs != nil
  }

  /// The loops for products of rounded factors; `nil` for a precision that rounds none.
  ///
  /// - Precondition: the precision is supported.
  func pairs(for precision: Precision) -> KernelSet? {
    precondition(supports(precision), "a precision that the processor lacks")
    return precision == .bf16 ? pairs : nil
  }

  /// Checks that these loops, on this processor, multiply numbers of that precision.
  ///
  /// - Throws: `ConfigurationError` where they do not.
  public func check(_ precision: Precision) throws {
    guard !supports(precision) else { return }
    throw ConfigurationError(
      setting: "precision",
      expected: "float32, the only precision of the kernels \(name) on this processor",
      found: precision.rawValue,
      hint: "bf16 needs the kernels avx512 on a processor with AVX512-BF16")
  }
}
