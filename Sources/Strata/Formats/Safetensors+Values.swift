extension Safetensors {
  /// The elements of a tensor, each rounded to a `Float`.
  ///
  /// - Throws: `DataError` for a type other than F32 and F64.
  public func floats(of tensor: Tensor) throws -> [Float] {
    switch tensor.type {
    case .f32: return try load(tensor) { Float(bitPattern: $0) }
    case .f64: return try load(tensor) { Float(Double(bitPattern: $0)) }
    default: throw wrongType(tensor, expected: "F32 or F64")
    }
  }

  /// The elements of a tensor of floating-point numbers.
  ///
  /// - Throws: `DataError` for a type other than F32 and F64.
  public func doubles(of tensor: Tensor) throws -> [Double] {
    switch tensor.type {
    case .f32: return try load(tensor) { Double(Float(bitPattern: $0)) }
    case .f64: return try load(tensor) { Double(bitPattern: $0) }
    default: throw wrongType(tensor, expected: "F32 or F64")
    }
  }

  /// The elements of a tensor of whole numbers.
  ///
  /// - Throws: `DataError` for a type other than I64, U32 and U8.
  public func integers(of tensor: Tensor) throws -> [Int64] {
    switch tensor.type {
    case .i64: return try load(tensor) { (bits: UInt64) in Int64(bitPattern: bits) }
    case .u32: return try load(tensor) { (bits: UInt32) in Int64(bits) }
    case .u8: return try load(tensor) { (bits: UInt8) in Int64(bits) }
    default: throw wrongType(tensor, expected: "I64, U32 or U8")
    }
  }

  /// The elements of a tensor of real numbers, for looking at; `nil` for the packed and complex
  /// types.
  ///
  /// - Throws: `DataError` when they cannot be read.
  package func realNumbers(of tensor: Tensor) throws -> [Double]? {
    try PhysicalMemory.require(tensor.count, bytesEach: MemoryLayout<Double>.size, of: path)
    return try numbers(of: tensor)
  }

  private func numbers(of tensor: Tensor) throws -> [Double]? {
    switch tensor.type {
    case .bool, .u8: try load(tensor) { (bits: UInt8) in Double(bits) }
    case .i8: try load(tensor) { (bits: UInt8) in Double(Int8(bitPattern: bits)) }
    case .i16: try load(tensor) { (bits: UInt16) in Double(Int16(bitPattern: bits)) }
    case .u16: try load(tensor) { (bits: UInt16) in Double(bits) }
    case .bf16: try load(tensor) { (bits: UInt16) in Double(Float(bitPattern: UInt32(bits) << 16)) }
    case .i32: try load(tensor) { (bits: UInt32) in Double(Int32(bitPattern: bits)) }
    case .u32: try load(tensor) { (bits: UInt32) in Double(bits) }
    case .f32: try load(tensor) { Double(Float(bitPattern: $0)) }
    case .f64: try load(tensor) { Double(bitPattern: $0) }
    case .i64: try load(tensor) { (bits: UInt64) in Double(Int64(bitPattern: bits)) }
    case .u64: try load(tensor) { (bits: UInt64) in Double(bits) }
    case .f4, .f6e2m3, .f6e3m2, .f8e5m2, .f8e4m3, .f8e8m0, .f16, .c64: nil
    }
  }

  /// The elements as `convert` makes them of their bits, which the file has in little-endian order.
  private func load<Bits: FixedWidthInteger & UnsignedInteger & BitwiseCopyable, Element>(
    _ tensor: Tensor, _ convert: (Bits) -> Element
  ) throws -> [Element] {
    try withBytes(of: tensor) { bytes in
      (0..<tensor.count).map { index in
        let bits = bytes.loadUnaligned(
          fromByteOffset: index * MemoryLayout<Bits>.size, as: Bits.self)
        return convert(Bits(littleEndian: bits))
      }
    }
  }

  private func wrongType(_ tensor: Tensor, expected: String) -> DataError {
    DataError(
      .malformed, path: path, expected: "\(expected) in tensor \(tensor.name)",
      found: tensor.type.rawValue)
  }
}
