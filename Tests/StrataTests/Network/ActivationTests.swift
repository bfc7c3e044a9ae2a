import Testing

@testable import Strata

@Suite struct ActivationTests {
  private static let smooth = Activation.allCases.filter { $0 != .relu }

  /// From 0 to ±13 in steps of 1/64, and powers of 2.
  private static let points: [Float] =
    (-832...832).map { Float($0) / 64 }
    + (1...126).flatMap { [Float(sign: .plus, exponent: -$0, significand: 1.3), -1 / 0x1p60] }

  @Test(
    "f and f′ in Float are those of Double", arguments: Activation.allCases, KernelSet.available)
  func production(activation: Activation, kernels: KernelSet) {
    let (values, slopes) = evaluate(activation, Self.points, kernels)
    for (index, z) in Self.points.map(Double.init).enumerated() {
      let (f, slope) = (activation.value(z), activation.slope(z))
      #expect(abs(Double(values[index]) - f) <= 6 * 0x1p-24 * abs(f), "f(\(z))")
      #expect(
        abs(Double(slopes[index]) - slope) <= 0x1p-24 * max(6 * abs(slope), abs(z) < 3 ? 3 : 0),
        "f′(\(z))")
    }
  }

  @Test("f and f′ in Double are PyTorch's", arguments: Activation.allCases)
  func golden(activation: Activation) throws {
    let file = try GoldenFile(name: "golden-activations")
    let points = try file.values("points")
    for (name, f) in [("value", activation.value), ("slope", activation.slope)] {
      // PyTorch adds 1 to the small terms of a tail.
      expectClose(
        points.map(f), try file.values("\(activation.rawValue).\(name)"), relative: 4e-15,
        absolute: 1e-15, name)
    }
  }

  @Test(
    "f(z + δ) − f(z) has the slope's digits for a small δ, and is the difference for a large one")
  func change() {
    for activation in Activation.allCases {
      for z in stride(from: -12.3, through: 12, by: 0.61) {
        for δ in [3, -2, 0.4, -0.1, 0.02] {
          let difference = activation.value(z + δ) - activation.value(z)
          #expect(abs(activation.change(at: z, by: δ) - difference) < 1e-15 * (1 + abs(z)))
        }
        // The sum of both ends cancels the second derivative.
        let step = 0x1p-26
        let sum = activation.change(at: z, by: step) - activation.change(at: z, by: -step)
        let slope = activation.slope(z)
        #expect(
          abs(sum / (2 * step) - slope) <= 1e-12 * abs(slope) + (abs(z) < 3 ? 1e-14 : 0),
          "\(activation) at \(z)")
      }
    }
  }

  @Test("f′ is the limit of (f(z + h) − f(z − h))/2h", arguments: Activation.allCases)
  func slope(activation: Activation) {
    for z in stride(from: -8.0, through: 8, by: 0.37) {
      let h = 1e-5
      let difference = (activation.value(z + h) - activation.value(z - h)) / (2 * h)
      #expect(abs(activation.slope(z) - difference) < 2e-10, "f′(\(z))")
    }
  }

  @Test(
    "f(0) = 0, NaN stays NaN, and far away f and f′ are those of the limit",
    arguments: Self.smooth, KernelSet.available)
  func extremes(activation: Activation, kernels: KernelSet) {
    let far: [Float] = [0, .nan, 100, .greatestFiniteMagnitude, .infinity, -100, -.infinity]
    let (values, slopes) = evaluate(activation, far, kernels)
    #expect(values[0] == 0 && values[1].isNaN && (slopes[1].isNaN || activation == .leakyReLU))
    let isBounded = activation == .tanh
    #expect(Array(values[2...4]) == (isBounded ? [1, 1, 1] : Array(far[2...4])))
    #expect(Array(slopes[2...4]) == (isBounded ? [0, 0, 0] : [1, 1, 1]))
    switch activation {
    case .leakyReLU: #expect(values[5] == -1 && values[6] == -.infinity)
    case .tanh: #expect(values[5...6].allSatisfy { $0 == -1 })
    default: #expect(values[5...6].allSatisfy { $0 == 0 })
    }
    #expect(slopes[5...6].allSatisfy { $0 == (activation == .leakyReLU ? 0.01 : 0) })
  }

  @Test("every place and every split of the columns gives the same bits", arguments: Self.smooth)
  func splits(activation: Activation) {
    var stream = RandomStream(seed: 3, for: .samples)
    let row = (0..<80).map { _ in Float(3 * stream.normal()) }
    let (values, slopes) = evaluate(activation, row, .best)
    for rotation in [1, 7, 16, 33] {
      let turned = Array(row[rotation...] + row[..<rotation])
      for split in [16, 48] {
        let (f, slope) = evaluate(activation, turned, .best, splitAt: split)
        #expect(f == Array(values[rotation...] + values[..<rotation]))
        #expect(slope == Array(slopes[rotation...] + slopes[..<rotation]))
      }
    }
  }

  /// f and f′ of some numbers, in two parts.
  private func evaluate(
    _ activation: Activation, _ z: [Float], _ kernels: KernelSet, splitAt split: Int = 0
  ) -> (values: [Float], slopes: [Float]) {
    let blocks = (0..<3).map { _ in FlatBlock(count: paddedStride(z.count)) }
    let views = blocks.map { MatrixView($0.base, rows: 1, columns: z.count) }
    for (index, value) in z.enumerated() {
      blocks[0].base[index] = value
      blocks[2].base[index] = 1
    }
    for part in [0..<split, split..<views[0].columns] {
      let parts = views.map { $0.columns(part) }
      kernels.activate(activation, parts[0], into: parts[1])
      kernels.activateBackward(activation, at: parts[0], parts[2])
    }
    let padding = z.count..<views[0].columns
    #expect(padding.allSatisfy { blocks[1].base[$0] == 0 && blocks[2].base[$0] == 0 })
    return (z.indices.map { blocks[1].base[$0] }, z.indices.map { blocks[2].base[$0] })
  }
}
