import Testing

@testable import Strata

/// `x` rounded to eight bits of significand, ties to even, by the definition.
private func bfloat16(_ x: Float) -> Double {
  let value = Double(x)
  guard value != 0 else { return 0 }
  let unit = Double(sign: .plus, exponent: value.exponent - 7, significand: 1)
  return (value / unit).rounded(.toNearestOrEven) * unit
}

/// Products of factors that are rounded to bfloat16 against their definition in `Double`.
@Suite(
  "Products of bfloat16 numbers",
  .enabled(if: KernelSet.best.supports(.bf16), "this processor does not multiply bfloat16 numbers"))
struct FactorsTests {
  /// Rows, columns, depth: odd ones, half a line of pairs, more than one piece of each.
  static let sizes = [
    (1, 1, 1), (2, 3, 5), (5, 6, 16), (7, 13, 17), (13, 33, 257), (100, 50, 1024), (3, 70, 2050),
    (259, 20, 300), (71, 1100, 530), (6, 300, 1041),
  ]

  private let packing = FlatBlock(count: PackingScratch.count)
  private let memory = FlatBlock(count: PairScratch.count(width: 1100))

  private func factors() throws -> Factors {
    Factors(
      pairs: try #require(KernelSet.best.pairs), scratch: PairScratch(memory.base), packing: nil)
  }

  /// Σ_k of the products of rounded numbers, and of their absolute values.
  private func sums(
    _ depth: Int, _ a: (Int) -> Float, _ b: (Int) -> Float
  ) -> (value: Double, size: Double) {
    var (value, size) = (0.0, 0.0)
    for k in 0..<depth {
      let product = bfloat16(a(k)) * bfloat16(b(k))
      value += product
      size += abs(product)
    }
    return (value, size)
  }

  /// Expects every element to be the sum, but for the rounding of a sum in `Float`.
  private func expect(
    _ c: TestMatrix, equals element: (Int, Int) -> (value: Double, size: Double)
  ) {
    for i in 0..<c.view.rows {
      for j in 0..<c.columns {
        let (value, size) = element(i, j)
        #expect(abs(Double(c[i, j]) - value) <= 3e-6 * size + 1e-7, "element \(i), \(j)")
      }
    }
    #expect(c.padding.allSatisfy { $0 == 0 })
  }

  @Test("C = A Bᵀ", arguments: sizes)
  func transposed(rows: Int, columns: Int, depth: Int) throws {
    var stream = RandomStream(seed: 1, for: .samples)
    let a = TestMatrix(rows: rows, columns: depth, using: &stream)
    let b = TestMatrix(rows: columns, columns: depth, using: &stream)
    let c = TestMatrix(rows: rows, columns: columns, using: &stream)
    try factors().gemm(a.view, transposed: b.view, into: c.view)
    expect(c) { i, j in sums(depth, { a[i, $0] }, { b[j, $0] }) }
  }

  @Test("C = A B", arguments: sizes)
  func plain(rows: Int, columns: Int, depth: Int) throws {
    var stream = RandomStream(seed: 2, for: .samples)
    let a = TestMatrix(rows: rows, columns: depth, using: &stream)
    let b = TestMatrix(rows: depth, columns: columns, using: &stream)
    let c = TestMatrix(rows: rows, columns: columns, using: &stream)
    c[0, 0] = .nan  // what was there before must not be read
    try factors().gemm(a.view, b.view, into: c.view)
    expect(c) { i, j in sums(depth, { a[i, $0] }, { b[$0, j] }) }
  }

  /// The depth is at most that of a piece; the wide ones are packed.
  private static let stackedSizes = [
    (1, 1, 1), (5, 6, 16), (13, 33, 1), (7, 13, 17), (12, 64, 100), (70, 300, 255),
    (100, 1024, 256), (64, 256, 33),
  ]

  @Test("C ← β C + α Aᵀ B of stacked pairs", arguments: stackedSizes)
  func transposing(rows: Int, columns: Int, depth: Int) throws {
    var stream = RandomStream(seed: 3, for: .samples)
    let a = TestMatrix(rows: depth, columns: rows, using: &stream)
    let b = TestMatrix(rows: depth, columns: columns, using: &stream)
    let c = TestMatrix(rows: rows, columns: columns, using: &stream)
    let before = c.values
    let factors = try factors()
    let left = StridedFactor(transposing: factors.stacked(a.view, .left), columns: rows)
    let check = factors.kernels.gemm(
      left, factors.stacked(b.view, .right), into: c.view, alpha: -2, beta: 0.5,
      scratch: PackingScratch(packing.base))
    #expect(check == 0)
    expect(c) { i, j in
      let (value, size) = sums(depth, { a[$0, i] }, { b[$0, j] })
      let old = 0.5 * Double(before[i * columns + j])
      return (old - 2 * value, abs(old) + 2 * size)
    }
  }

  @Test("rounding is to the nearest, ties to even, also of huge and tiny numbers")
  func rounding() throws {
    var stream = RandomStream(seed: 4, for: .samples)
    let x = TestMatrix(rows: 2, columns: 64, using: &stream)
    let one = TestMatrix(rows: 1, columns: 64, using: &stream)
    let c = TestMatrix(rows: 2, columns: 1, using: &stream)
    // 1 + 2⁻⁸ and 1 + 3·2⁻⁸ lie halfway between two numbers of eight bits.
    let special: [Float] = [1 + 0x1p-8, 1 + 0x3p-8, 1 + 0x1.01p-8, 3e38, -3e38, 1e-30, 0, -0.0]
    for column in 0..<64 {
      for row in 0..<64 { one[0, row] = row == column ? 1 : 0 }
      if column < special.count { x[1, column] = special[column] }
      try factors().gemm(x.view, transposed: one.view, into: c.view)
      #expect(Double(c[0, 0]) == bfloat16(x[0, column]))
      #expect(Double(c[1, 0]) == bfloat16(x[1, column]))
    }
  }
}
