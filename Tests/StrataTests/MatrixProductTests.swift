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
  /// Rows, columns, depth: tiles, their edges, and more than one block.
  static let sizes = [
    (1, 1, 1), (2, 3, 5), (5, 5, 16), (7, 13, 17), (12, 32, 100), (13, 33, 257), (100, 50, 1024),
    (3, 70, 2050),
  ]

  @Test(
    "C = A Bᵀ equals the definition", arguments: sizes, KernelSet.available.map(\.name))
  func transposed(size: (rows: Int, columns: Int, depth: Int), kernel: String) throws {
    let kernels = try KernelSet(named: kernel)
    var stream = RandomStream(seed: 1, for: .samples)
    let a = TestMatrix(rows: size.rows, columns: size.depth, using: &stream)
    let b = TestMatrix(rows: size.columns, columns: size.depth, using: &stream)
    let c = TestMatrix(rows: size.rows, columns: size.columns, using: &stream)
    kernels.multiplyTransposed(a.view, b.view, into: c.view)
    let expected = definition(size) { i, j in
      sum(size.depth) { Double(a[i, $0]) * Double(b[j, $0]) }
    }
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
    let check = kernels.multiplyTransposing(a.view, b.view, into: c.view, alpha: -2, beta: 0.5)
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
    kernels.multiply(a.view, b.view, into: c.view)
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
    KernelSet.best.multiplyTransposed(a.view, b.view, into: whole.view)
    for (start, end) in [(0, 7), (7, 8), (8, 23)] {
      KernelSet.best.multiplyTransposed(
        a.view.rows(start..<end), b.view, into: parts.view.rows(start..<end))
    }
    #expect(whole.values == parts.values)
    for (start, end) in [(0, 16), (16, 47)] {
      KernelSet.best.multiplyTransposed(
        a.view, b.view.rows(start..<end), into: parts.view.columns(start..<end))
    }
    #expect(whole.values == parts.values)
  }

  @Test("an infinite element is noticed", arguments: KernelSet.available.map(\.name))
  func check(kernel: String) throws {
    var stream = RandomStream(seed: 5, for: .samples)
    let a = TestMatrix(rows: 9, columns: 7, using: &stream)
    let b = TestMatrix(rows: 9, columns: 40, using: &stream)
    let c = TestMatrix(rows: 7, columns: 40, using: &stream)
    b[8, 39] = .infinity
    let check = try KernelSet(named: kernel).multiplyTransposing(
      a.view, b.view, into: c.view, alpha: 1, beta: 1)
    #expect(check.isNaN)
  }
}
