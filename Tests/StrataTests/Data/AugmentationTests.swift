import Testing

@testable import Strata

@Suite struct AugmentationTests {
  private let shape = ImageShape(channels: 2, height: 3, width: 4)
  /// Plane 0 counts from 0 row by row, plane 1 from 100.
  private let image: [UInt8] = Array(0..<12) + Array(100..<112)

  private func changed(
    _ image: [UInt8], _ shape: ImageShape, _ edit: (inout AugmentationDraw) -> Void
  ) -> [UInt8] {
    var draw = AugmentationDraw(.none, seed: 1, epoch: 0, row: 0)
    edit(&draw)
    var result = [UInt8](repeating: 0, count: shape.count)
    draw.apply(to: image, shape: shape, into: &result)
    return result
  }

  @Test("without a change an image stays what it is")
  func identity() {
    #expect(changed(image, shape) { _ in } == image)
  }

  @Test("a mirrored image is read from right to left")
  func flip() {
    let expected: [UInt8] = [3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8]
    #expect(changed(image, shape) { $0.isFlipped = true } == expected + expected.map { $0 + 100 })
  }

  @Test("a shifted image repeats its edge")
  func shift() {
    let right: [UInt8] = [0, 0, 1, 2, 4, 4, 5, 6, 8, 8, 9, 10]
    #expect(changed(image, shape) { $0.shift = (1, 0) }.prefix(12) == right[...])
    let up: [UInt8] = [8, 9, 10, 11, 8, 9, 10, 11, 8, 9, 10, 11]
    #expect(changed(image, shape) { $0.shift = (0, -2) }.prefix(12) == up[...])
  }

  /// The definition, pixel by pixel, in `Double`.
  private func definition(_ draw: AugmentationDraw, row: Int, column: Int) -> (Int, Int) {
    let moved = column - draw.shift.right
    let source = draw.isFlipped ? shape.width - 1 - moved : moved
    return (
      min(max(row - draw.shift.down, 0), shape.height - 1), min(max(source, 0), shape.width - 1)
    )
  }

  @Test("every shift, also beyond the image, with and without the mirror")
  func everyShift() {
    for right in -6...6 {
      for down in -5...5 {
        for isFlipped in [false, true] {
          var draw = AugmentationDraw(.none, seed: 1, epoch: 0, row: 0)
          draw.shift = (right, down)
          draw.isFlipped = isFlipped
          let result = changed(image, shape) { $0 = draw }
          let expected = (0..<2).flatMap { plane in
            (0..<3).flatMap { row in
              (0..<4).map { column in
                let (y, x) = definition(draw, row: row, column: column)
                return image[plane * 12 + y * 4 + x]
              }
            }
          }
          #expect(result == expected, "shift \(right), \(down), mirrored \(isFlipped)")
        }
      }
    }
  }

  @Test("a quarter turn against the clock moves every pixel of a square, with shift and mirror too")
  func quarterTurn() {
    let square = ImageShape(channels: 1, height: 5, width: 5)
    let image = (0..<25).map { UInt8(10 * $0) }
    let turned = changed(image, square) { $0.angle = .pi / 2 }
    // What was the right column, from top to bottom, is the top row, from left to right.
    #expect(turned.prefix(5) == [40, 90, 140, 190, 240])
    for row in 0..<5 {
      for column in 0..<5 { #expect(turned[row * 5 + column] == image[column * 5 + 4 - row]) }
    }
    let mirrored = changed(image, square) {
      $0.angle = .pi / 2
      $0.isFlipped = true
      $0.shift = (1, 0)
    }
    for row in 0..<5 {
      for column in 1..<5 { #expect(mirrored[row * 5 + column] == image[(column - 1) * 5 + row]) }
    }
  }

  @Test("a small turn interpolates: a plane stays a plane away from the edge")
  func interpolation() {
    let square = ImageShape(channels: 1, height: 9, width: 9)
    func plane(_ x: Double, _ y: Double) -> Double { 52 + 8 * x + 3 * (y + 4) }
    let image = (0..<81).map { (index: Int) -> UInt8 in
      UInt8(plane(Double(index % 9 - 4), Double(index / 9 - 4)))
    }
    let turned = changed(image, square) { $0.angle = 0.1 }
    for row in 2..<7 {
      for column in 2..<7 {
        let (x, y) = (Double(column - 4), Double(row - 4))
        // cos 0.1 = 0.995004165, sin 0.1 = 0.099833417
        let u = 0.995004165 * x - 0.099833417 * y
        let v = 0.099833417 * x + 0.995004165 * y
        let expected = plane(u, v)
        #expect(abs(Double(turned[row * 9 + column]) - expected) <= 0.6)
      }
    }
  }

  @Test("brightness multiplies, contrast stretches about the mean, bytes are kept in range")
  func light() {
    let line = ImageShape(channels: 1, height: 1, width: 4)
    #expect(changed([0, 10, 100, 250], line) { $0.brightness = 1.5 } == [0, 15, 150, 255])
    // The mean is 90: 90 + 0.5 (p − 90).
    #expect(changed([0, 10, 100, 250], line) { $0.contrast = 0.5 } == [45, 50, 95, 170])
    #expect(changed([0, 10, 100, 250], line) { $0.contrast = 2 } == [0, 0, 110, 255])
  }

  @Test("a draw depends on seed, epoch and row, and stays in its range")
  func draws() {
    var augmentation = Augmentation()
    augmentation.flips = true
    augmentation.shift = 2
    augmentation.rotation = 10
    augmentation.brightness = 0.2
    augmentation.contrast = 0.3
    func draw(_ seed: UInt64, _ epoch: Int, _ row: Int) -> AugmentationDraw {
      AugmentationDraw(augmentation, seed: seed, epoch: epoch, row: row)
    }
    #expect(draw(1, 2, 3) == draw(1, 2, 3))
    for other in [draw(2, 2, 3), draw(1, 3, 3), draw(1, 2, 4)] { #expect(other != draw(1, 2, 3)) }
    let draws = (0..<2000).map { draw(1, 0, $0) }
    #expect(abs(draws.count(where: \.isFlipped) - 1000) < 112)  // five standard deviations
    #expect(Set(draws.map(\.shift.right)) == Set(-2...2))
    #expect(Set(draws.map(\.shift.down)) == Set(-2...2))
    #expect(draws.allSatisfy { abs($0.angle) <= 10 * Double.pi / 180 })
    #expect(draws.contains { $0.angle > 0.15 } && draws.contains { $0.angle < -0.15 })
    #expect(draws.allSatisfy { (0.8...1.2).contains($0.brightness) })
    #expect(draws.allSatisfy { (0.7...1.3).contains($0.contrast) })
  }

  @Test("a run has the same bits at any number of threads, and others than without")
  func threads() throws {
    let data = try ToyData.split(side: 20)
    var configuration = ToyData.configuration(hidden: [30, 20], steps: 25, batchSize: 30)
    configuration.augmentation.flips = true
    configuration.augmentation.shift = 1
    configuration.augmentation.rotation = 5
    configuration.augmentation.brightness = 0.1
    func outcome(threads: Int) throws -> Network {
      let trainer = try Trainer(configuration, data: data, threads: threads)
      try trainer.run { _ in }
      return trainer.network
    }
    let single = try outcome(threads: 1)
    for threads in [2, 3, 8] { #expect(try outcome(threads: threads) == single) }
    configuration.augmentation = .none
    #expect(try outcome(threads: 1) != single)
  }
}
