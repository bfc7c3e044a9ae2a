import Strata
import Testing

@Suite struct ShapesTests {
  @Test("image i depends on the seed and i alone")
  func determinism() {
    let small = Shapes.load(seed: 3, training: 25, test: 15)
    let large = Shapes.load(seed: 3, training: 40, test: 20)
    let other = Shapes.load(seed: 4, training: 25, test: 15)
    for image in 0..<15 {
      #expect(small.training.rows.bytes(of: image) == large.training.rows.bytes(of: image))
      #expect(small.test.rows.bytes(of: image) == large.test.rows.bytes(of: image))
      #expect(small.training.rows.bytes(of: image) != other.training.rows.bytes(of: image))
      #expect(small.training.rows.bytes(of: image) != small.test.rows.bytes(of: image))
    }
  }

  @Test("every ten images hold one of each class")
  func balance() {
    let pair = Shapes.load(training: 50, test: 20)
    #expect(pair.training.labels == (0..<50).map { UInt16($0 % 10) })
    #expect(Set(pair.training.classNames).count == 10)
    #expect(pair.training.rows.columns == 3072 && pair.test.count == 20)
  }

  @Test("a figure is told from its ground by shape, not by being lighter")
  func contrast() {
    // The middle of a filled circle against the corner of the image.
    let pair = Shapes.load(training: 2000, test: 10)
    var lighter = 0
    for image in stride(from: 0, to: 2000, by: 10) {
      let pixels = pair.training.rows.bytes(of: image)
      let middle = (0..<3).reduce(0) { $0 + Int(pixels[$1 * 1024 + 16 * 32 + 16]) }
      let corner = (0..<3).reduce(0) { $0 + Int(pixels[$1 * 1024]) }
      if middle > corner { lighter += 1 }
    }
    // Binomial(200, 1/2): deviation 7.1.
    #expect(abs(lighter - 100) < 5 * 8)
  }

  @Test("stripes run along or across the image")
  func stripes() {
    let pair = Shapes.load(training: 400, test: 10)
    func roughness(_ image: Int, _ step: Int) -> Int {
      let pixels = pair.training.rows.bytes(of: image)
      return (0..<1024).reduce(0) { sum, index in
        let next = index + step
        let isInside = step == 1 ? next % 32 != 0 : next < 1024
        return isInside ? sum + abs(Int(pixels[index]) - Int(pixels[next])) : sum
      }
    }
    let rows = stride(from: 8, to: 400, by: 10).count { roughness($0, 32) > roughness($0, 1) }
    let columns = stride(from: 9, to: 400, by: 10).count { roughness($0, 1) > roughness($0, 32) }
    #expect(rows >= 36 && columns >= 36)
  }
}
