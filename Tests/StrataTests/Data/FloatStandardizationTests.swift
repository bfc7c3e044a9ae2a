import Testing

@testable import Strata

/// Mean, deviation and inputs of floats, in columns of every scale.
@Suite struct FloatStandardizationTests {
  @Test("means and deviations of a table, computed on paper")
  func paper() throws {
    // √(5/4) times the distance of four equally spaced numbers.
    let columns: [[Float]] = [
      [1, 2, 3, 4], [7, 7, 7, 7], [1e9, 1e9 + 64, 1e9 + 128, 1e9 + 192],
      [1e-30, 2e-30, 3e-30, 4e-30], [-1e30, 1e30, -1e30, 1e30], [0.1, 0.1, 0.1, 0.1],
    ]
    let table = try Dataset(
      rows: (0..<4).map { row in columns.map { $0[row] } }, labels: [0, 1, 0, 1])
    let standardization = Standardization(measuring: table)
    let spread = Float(1.25.squareRoot())
    #expect(standardization.mean.prefix(3) == [2.5, 7, 1e9 + 128])  // 1e9 + 96 is no `Float`.
    #expect(
      standardization.deviation.prefix(3) == [spread, 1, Float(64 * 1.25.squareRoot())])
    #expect(abs(standardization.mean[3] - 2.5e-30) < 1e-36)
    #expect(abs(standardization.deviation[3] - 1e-30 * spread) < 1e-36)
    #expect(standardization.mean[4] == 0 && standardization.deviation[4] == 1e30)
    #expect(standardization.mean[5] == 0.1 && standardization.deviation[5] == 1)
    #expect(standardization.inputs(of: table.rows[0])[1] == 0)
    #expect(standardization.inputs(of: table.rows[3])[5] == 0)
    #expect(standardization.inputs(of: table.rows[1])[4] == 1)
  }

  @Test("a large offset costs no digit: the moments are those of whole numbers")
  func offset() throws {
    var stream = RandomStream(seed: 8, for: .samples)
    for offset in [0, 1 << 20, 1 << 30, -(1 << 36)] {
      // Multiples of 2¹⁴, so that each is a `Float`.
      let whole = (0..<1001).map { _ in offset + (stream.integer(below: 9) << 14) }
      let table = try Dataset(
        values: whole.map(Float.init), columns: 1, labels: whole.map { _ in 0 })
      let standardization = Standardization(measuring: table)
      let sum = Int128(whole.reduce(0, +))
      let squares = whole.reduce(Int128(0)) { $0 + Int128($1) * Int128($1) }
      let variance = Double(1001 * squares - sum * sum) / (1001 * 1001)
      #expect(standardization.mean[0] == Float(Double(sum) / 1001))
      #expect(
        abs(Double(standardization.deviation[0]) / variance.squareRoot() - 1) < 1e-7, "\(offset)")
    }
  }

  @Test("a deviation too small for its inverse gives finite inputs")
  func tiny() throws {
    let tiny = Float.leastNonzeroMagnitude
    let table = try Dataset(
      rows: [[0, 0], [tiny, 3 * tiny], [0, 0]] as [[Float]], labels: [0, 1, 0])
    let standardization = Standardization(measuring: table)
    #expect(standardization.deviation.allSatisfy { $0 > 0 })
    let model = Model(
      network: Network(
        zeros: try Architecture(inputs: 2, hidden: [], classes: 2, batchNormalization: .none)),
      standardization: standardization, classNames: ["a", "b"], features: table.features,
      dataName: "tiny")
    #expect(try Classifier(model).classify(table.rows[1]).probabilities == [0.5, 0.5])
  }

  @Test(
    "floats become (x − μ) / σ in any number of rows and columns, wherever they lie",
    arguments: KernelSet.available.map(\.name))
  func kernels(kernel: String) throws {
    let kernels = try KernelSet(named: kernel)
    let count = 264
    var stream = RandomStream(seed: 3, for: .samples)
    let standardization = Standardization(
      mean: (0..<count).map { _ in Float(1000 * stream.normal()) },
      deviation: (0..<count).map { _ in Float(0.1 + stream.uniform()) })
    let scaling = InputScaling(standardization, of: .float)
    // Rows of 265 numbers begin at every multiple of four bytes of a cache line.
    let values = (0..<11 * (count + 1)).map {
      standardization.mean[$0 % (count + 1) % count] + Float(stream.normal())
    }
    let source = ByteBlock(copying: values)
    let addresses = RowAddresses.allocate(capacity: 11)
    defer { addresses.deallocate() }
    for row in 0..<11 {
      addresses[row] = source.bytes.baseAddress.map { $0 + 4 * row * (count + 1) }
    }
    for (rows, columns) in [(1, 0..<16), (4, 0..<64), (5, 64..<144), (6, 0..<264), (11, 192..<272)]
    {
      let block = FlatBlock(count: rows * paddedStride(columns.count))
      let target = MatrixView(block.base, rows: rows, columns: columns.count)
      scaling.view.write(
        rows: rows, addresses, next: addresses, columns: columns, to: target, kernels: kernels)
      for (row, column) in (0..<rows).flatMap({ row in columns.map { (row, $0) } }) {
        let actual = Double(target.base[row * target.stride + column - columns.lowerBound])
        guard column < count else {
          #expect(actual == 0, "beyond the last input")
          continue
        }
        let x = Double(values[row * (count + 1) + column])
        let expected =
          (x - Double(standardization.mean[column])) / Double(standardization.deviation[column])
        #expect(abs(actual - expected) <= 3e-7 * abs(expected), "row \(row), column \(column)")
      }
    }
  }
}

/// Pairs that are made from floats in one pass.
@Suite(.enabled(if: KernelSet.best.supports(.bf16), "this processor lacks bfloat16 products"))
struct FloatPairTests {
  @Test("pairs made from floats have the bits of numbers that are rounded", arguments: [1, 2, 5])
  func bits(rows: Int) throws {
    let kernels = try #require(KernelSet.best.pairs)
    let (columns, source) = (1101, try FloatTables.blobs(count: rows, columns: 1101))
    let scaling = InputScaling(Standardization(measuring: source), of: .float)
    let addresses = RowAddresses.allocate(capacity: rows)
    defer { addresses.deallocate() }
    source.rows.forEachAddress { addresses[$0] = $1 }
    for range in [0..<32, 64..<1024, 1072..<1104] {
      let width = paddedStride(range.count)
      let block = FlatBlock(count: 3 * (rows + 1) * width)
      let numbers = MatrixView(block.base, rows: rows, columns: range.count)
      scaling.view.write(
        rows: rows, addresses, next: addresses, columns: range, to: numbers, kernels: kernels)
      for form in [InputScaling.Form.neighbours, .stacked] {
        let shape = form == .stacked ? ((rows + 1) / 2, range.count) : (rows, range.count / 2)
        let made = MatrixView(block.base + (rows + 1) * width, rows: shape.0, columns: shape.1)
        let rounded = MatrixView(
          block.base + 2 * (rows + 1) * width, rows: shape.0, columns: shape.1)
        scaling.view.write(
          form, rows: rows, addresses, next: addresses, columns: range, to: made, kernels: kernels)
        if form == .stacked {
          kernels.pairRows(numbers, into: rounded)
        } else {
          kernels.pairNeighbours(numbers, into: rounded)
        }
        let differing = (0..<shape.0).flatMap { row in (0..<shape.1).map { row * made.stride + $0 }
        }
        .filter { made.base[$0].bitPattern != rounded.base[$0].bitPattern }
        #expect(differing.isEmpty, "\(form), \(columns) columns")
      }
    }
    withExtendedLifetime(source) {}
  }
}
