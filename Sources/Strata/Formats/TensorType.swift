/// The element types of a safetensors file, by their names in the file.
///
/// The order is that of the reference implementation, in which alignment never falls; a file's
/// tensors are sorted by it, the last type first.
public enum TensorType: String, Sendable, Hashable, CaseIterable {
  /// A byte that is 0 or 1.
  case bool = "BOOL"
  /// Half a byte.
  case f4 = "F4"
  /// Six bits, three of them the fraction.
  case f6e2m3 = "F6_E2M3"
  /// Six bits, two of them the fraction.
  case f6e3m2 = "F6_E3M2"
  /// `UInt8`.
  case u8 = "U8"
  /// `Int8`.
  case i8 = "I8"
  /// A byte, two bits of it the fraction.
  case f8e5m2 = "F8_E5M2"
  /// A byte, three bits of it the fraction.
  case f8e4m3 = "F8_E4M3"
  /// A byte, all of it the exponent.
  case f8e8m0 = "F8_E8M0"
  /// `Int16`.
  case i16 = "I16"
  /// `UInt16`.
  case u16 = "U16"
  /// IEEE 754 half precision.
  case f16 = "F16"
  /// The upper half of a `Float`.
  case bf16 = "BF16"
  /// `Int32`.
  case i32 = "I32"
  /// `UInt32`.
  case u32 = "U32"
  /// `Float`.
  case f32 = "F32"
  /// Two `Float`s, a complex number.
  case c64 = "C64"
  /// `Double`.
  case f64 = "F64"
  /// `Int64`.
  case i64 = "I64"
  /// `UInt64`.
  case u64 = "U64"

  /// The bits of one element.
  public var bits: Int {
    switch self {
    case .f4: 4
    case .f6e2m3, .f6e3m2: 6
    case .bool, .u8, .i8, .f8e5m2, .f8e4m3, .f8e8m0: 8
    case .i16, .u16, .f16, .bf16: 16
    case .i32, .u32, .f32: 32
    case .c64, .f64, .i64, .u64: 64
    }
  }

  /// The place in the order of types.
  package var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
