import Testing

@testable import Strata

/// Σ_k term(k) in `Double`, k = 0 … depth − 1.
private func sum(_ depth: Int, of term: (Int) -> Double) -> Double {
  var total = 0.0
  for k in 0..<depth { total += term(k) }
  return total
}

/// Small matrices with padded rows, made for a test.
final class TestMatrix {
  let view: MatrixView
  let columns: Int
  private let block: FlatBlock

  init(rows: Int, columns: Int, using stream: inout RandomStream) {
    self.columns = columns
    block = FlatBlock(count: rows * paddedStride(columns))
    view = MatrixView(block.base, rows: rows, columns: columns)
    for row in 0..<rows {
      for column in 0..<columns { self[row, column] = Float(stream.normal()) }
    }
  }

  subscript(row: Int, column: Int) -> Float {
    get { view.base[row * view.stride + column] }
    set { view.base[row * view.stride + column] = newValue }
  }

  /// The numbers without the padding.
  var values: [Float] {
    (0..<view.rows).flatMap { row in (0..<columns).map { self[row, $0] } }
  }

  /// The numbers of the padding.
  var padding: [Float] {
    (0..<view.rows).flatMap { row in (columns..<view.stride).map { self[row, $0] } }
  }
}

/// Every element of a matrix of that size, row by row.
private func definition(
  _ size: (rows: Int, columns: Int, depth: Int), _ element: (Int, Int) -> Double
) -> [Float] {
  var values: [Float] = []
  for i in 0..<size.rows {
    for j in 0..<size.columns { values.append(Float(element(i, j))) }
  }
  return values
}

@Suite struct MatrixProductTests {
  /// Rows, columns, depth: tiles, their edges, more than one block, and factors that are packed.
  static let sizes = [
    (1, 1, 1), (2, 3, 5), (5, 5, 16), (7, 13, 17), (12, 32, 100), (13, 33, 257), (100, 50, 1024),
    (3, 70, 2050), (64, 256, 5), (71, 273, 300), (65, 1300, 130), (3, 300, 2100),
  ]

  private let packing = FlatBlock(count: PackingScratch.count)

  @Test(
    "C = A Bᵀ equals the definition", arguments: sizes, KernelSet.available.map(\.name))
  func transposed(size: (rows: Int, columns: Int, depth: Int), kernel: String) throws {
    let kernels = try KernelSet(named: kernel)
    var stream = RandomStream(seed: 1, for: .samples)
    let a = TestMatrix(rows: size.rows, columns: size.depth, using: &stream)
    let b = TestMatrix(rows: size.columns, columns: size.depth, using: &stream)
    let c = TestMatrix(rows: size.rows, columns: size.columns, using: &stream)
    kernels.gemm(
      a.view, transposed: b.view, into: c.view)
    let expected = definition(size) { i, j in
      sum(size.depth) { Double(a[i, $0]) * Double(b[j, $0]) }
    }
    expectClose(c.values, expected, relative: 1e-5, absolute: 2e-6 * Float(size.depth))
  }

  @Test(
    "C + A Bᵀ by way of B Aᵀ equals the definition",
    arguments: [(1, 1, 1), (17, 13, 100), (130, 200, 300), (40, 385, 1040), (128, 5, 2100)],
    KernelSet.available.map(\.name))
  func turned(size: (rows: Int, columns: Int, depth: Int), kernel: String) throws {
    let kernels = try KernelSet(named: kernel)
    var stream = RandomStream(seed: 6, for: .samples)
    let a = TestMatrix(rows: size.rows, columns: size.depth, using: &stream)
    let b = TestMatrix(rows: size.columns, columns: size.depth, using: &stream)
    let c = TestMatrix(rows: size.rows, columns: size.columns, using: &stream)
    let products = definition(size) { i, j in
      sum(size.depth) { Double(a[i, $0]) * Double(b[j, $0]) }
    }
    let expected = zip(c.values, products).map { $0 + $1 }
    kernels.gemm(
      a.view, transposed: b.view, into: c.view, accumulating: true,
      transposing: PackingScratch(packing.base))
    expectClose(c.values, expected, relative: 1e-5, absolute: 2e-6 * Float(size.depth))
  }

  @Test("C ← β C + α Aᵀ B equals the definition", arguments: sizes, KernelSet.available.map(\.name))
  func transposing(size: (rows: Int, columns: Int, depth: Int), kernel: String) throws {
    let kernels = try KernelSet(named: kernel)
    var stream = RandomStream(seed: 2, for: .samples)
    let a = TestMatrix(rows: size.depth, columns: size.rows, using: &stream)
    let b = TestMatrix(rows: size.depth, columns: size.columns, using: &stream)
    let c = TestMatrix(rows: size.rows, columns: size.columns, using: &stream)
    let expected = definition(size) { i, j in
      0.5 * Double(c[i, j]) - 2 * sum(size.depth) { Double(a[$0, i]) * Double(b[$0, j]) }
    }
    let check = kernels.gemm(
      StridedFactor(transposing: a.view, columns: c.view.rows), b.view, into: c.view, alpha: -2,
      beta: 0.5, scratch: PackingScratch(packing.base))
    #expect(check == 0)
    expectClose(c.values, expected, relative: 1e-5, absolute: 4e-6 * Float(size.depth))
    #expect(c.padding.allSatisfy { $0 == 0 })
  }

  @Test("C = A B equals the definition", arguments: sizes, KernelSet.available.map(\.name))
  func plain(size: (rows: Int, columns: Int, depth: Int), kernel: String) throws {
    let kernels = try KernelSet(named: kernel)
    var stream = RandomStream(seed: 3, for: .samples)
    let a = TestMatrix(rows: size.rows, columns: size.depth, using: &stream)
    let b = TestMatrix(rows: size.depth, columns: size.columns, using: &stream)
    let c = TestMatrix(rows: size.rows, columns: size.columns, using: &stream)
    c[0, 0] = .nan  // what was there before must not be read
    kernels.gemm(a.view, b.view, into: c.view)
    let expected = definition(size) { i, j in
      sum(size.depth) { Double(a[i, $0]) * Double(b[$0, j]) }
    }
    expectClose(c.values, expected, relative: 1e-5, absolute: 2e-6 * Float(size.depth))
  }

  @Test("a part of the rows or columns has the same bits as the whole")
  func parts() {
    var stream = RandomStream(seed: 4, for: .samples)
    let a = TestMatrix(rows: 23, columns: 100, using: &stream)
    let b = TestMatrix(rows: 47, columns: 100, using: &stream)
    let whole = TestMatrix(rows: 23, columns: 47, using: &stream)
    let parts = TestMatrix(rows: 23, columns: 47, using: &stream)
    KernelSet.best.gemm(
      a.view, transposed: b.view, into: whole.view)
    for (start, end) in [(0, 7), (7, 8), (8, 23)] {
      KernelSet.best.gemm(
        a.view.rows(start..<end), transposed: b.view, into: parts.view.rows(start..<end))
    }
    #expect(whole.values == parts.values)
    for (start, end) in [(0, 16), (16, 47)] {
      KernelSet.best.gemm(
        a.view, transposed: b.view.rows(start..<end), into: parts.view.columns(start..<end))
    }
    #expect(whole.values == parts.values)
  }

  @Test(
    "an infinite element is noticed, in packed factors too", arguments: [(7, 40), (70, 300)],
    KernelSet.available.map(\.name))
  func check(size: (units: Int, inputs: Int), kernel: String) throws {
    var stream = RandomStream(seed: 5, for: .samples)
    let a = TestMatrix(rows: 9, columns: size.units, using: &stream)
    let b = TestMatrix(rows: 9, columns: size.inputs, using: &stream)
    let c = TestMatrix(rows: size.units, columns: size.inputs, using: &stream)
    b[8, size.inputs - 1] = .infinity
    let check = try KernelSet(named: kernel).gemm(
      StridedFactor(transposing: a.view, columns: c.view.rows), b.view, into: c.view, alpha: 1,
      beta: 1, scratch: PackingScratch(packing.base))
    #expect(check.isNaN)
  }

  @Test(
    "packed factors give the bits of factors that are not",
    arguments: KernelSet.available.map(\.name))
  func packed(kernel: String) throws {
    let kernels = try KernelSet(named: kernel)
    var stream = RandomStream(seed: 7, for: .samples)
    let a = TestMatrix(rows: 270, columns: 70, using: &stream)
    let b = TestMatrix(rows: 270, columns: 300, using: &stream)
    let whole = TestMatrix(rows: 70, columns: 300, using: &stream)
    let parts = TestMatrix(rows: 70, columns: 300, using: &stream)
    let scratch = PackingScratch(packing.base)
    _ = kernels.gemm(
      StridedFactor(transposing: a.view, columns: 70), b.view, into: whole.view, alpha: 1,
      beta: 0, scratch: scratch)
    for (start, end) in [(0, 160), (160, 304)] {
      _ = kernels.gemm(
        StridedFactor(transposing: a.view, columns: 70), b.view.columns(start..<end),
        into: parts.view.columns(start..<end), alpha: 1,
        beta: 0, scratch: scratch)
    }
    #expect(whole.values == parts.values)
  }

  @Test("a product is added to what is there", arguments: KernelSet.available.map(\.name))
  func accumulating(kernel: String) throws {
    var stream = RandomStream(seed: 8, for: .samples)
    let a = TestMatrix(rows: 11, columns: 2050, using: &stream)
    let b = TestMatrix(rows: 17, columns: 2050, using: &stream)
    let c = TestMatrix(rows: 11, columns: 17, using: &stream)
    let expected = definition((rows: 11, columns: 17, depth: 2050)) { i, j in
      Double(c[i, j]) + sum(2050) { Double(a[i, $0]) * Double(b[j, $0]) }
    }
    try KernelSet(named: kernel).gemm(
      a.view, transposed: b.view, into: c.view, accumulating: true)
    expectClose(c.values, expected, relative: 1e-5, absolute: 5e-3)
  }

  @Test("the transpose has rows for columns", arguments: KernelSet.available.map(\.name))
  func transpose(kernel: String) throws {
    let kernels = try KernelSet(named: kernel)
    var stream = RandomStream(seed: 9, for: .samples)
    for (rows, columns) in [(1, 1), (4, 4), (5, 9), (50, 30), (3, 70)] {
      let a = TestMatrix(rows: rows, columns: columns, using: &stream)
      let b = TestMatrix(rows: columns, columns: rows, using: &stream)
      kernels.transpose(
        a.view, columns: columns, into: b.view.base, stride: b.view.stride)
      for i in 0..<rows {
        for j in 0..<columns { #expect(b[j, i] == a[i, j]) }
      }
      #expect(b.padding.allSatisfy { $0 == 0 })
    }
  }
}
