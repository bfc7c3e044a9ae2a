/// The built-in data set: small colour images of ten kinds of shape, made from a seed.
///
/// Position, size and both colours are random and every pixel is noisy. No pixel tells the class by
/// itself, since a shape is as often darker than its ground as lighter.
public enum Shapes {
  /// The classes, in the order of their labels.
  public static let classNames = Figure.allCases.map(\.rawValue)

  /// The shape of the images, that of CIFAR-10.
  public static let shape = ImageShape(channels: 3, height: 32, width: 32)

  /// Makes the images; image i is of class i modulo 10, and does not depend on the counts.
  ///
  /// - Precondition: counts above 0.
  public static func load(
    seed: UInt64 = 1, training: Int = 5000, test: Int = 1000
  ) -> DatasetPair {
    let firstTestImage: UInt64 = 1 << 32
    return DatasetPair(
      training: dataset(seed: seed, firstImage: 0, count: training),
      test: dataset(seed: seed, firstImage: firstTestImage, count: test))
  }

  private static func dataset(seed: UInt64, firstImage: UInt64, count: Int) -> Dataset {
    precondition(count > 0)
    let labels = (0..<count).map { UInt16($0 % Figure.allCases.count) }
    let block = ByteBlock(count: count * shape.count) { bytes in
      let pixels = bytes.bindMemory(to: UInt8.self)
      for image in 0..<count {
        var stream = RandomStream(seed: seed, for: .images, index: firstImage + UInt64(image))
        let row = UnsafeMutableBufferPointer(
          rebasing: pixels[(image * shape.count)..<((image + 1) * shape.count)])
        Scene(Figure.allCases[Int(labels[image])], using: &stream).draw(into: row, using: &stream)
      }
    }
    let segment = DataRows.Segment(
      source: block, firstOffset: 0, stride: shape.count, count: count)
    return Dataset(
      unchecked: DataRows(unchecked: [segment], of: .byte, columns: shape.count), labels: labels,
      name: "shapes", features: .image(shape), classNames: classNames)
  }
}

/// The kinds of shape.
private enum Figure: String, CaseIterable {
  case circle
  case square
  case triangle
  case diamond
  case plus
  case cross
  case ring
  case frame
  case rows = "horizontal stripes"
  case columns = "vertical stripes"

  /// The signed distance of a point from the outline, negative inside; `radius` is half the size.
  func distance(_ x: Float, _ y: Float, radius: Float) -> Float {
    let (across, down) = (abs(x), abs(y))
    let diagonal = Float(0.5).squareRoot()
    switch self {
    case .circle: return (x * x + y * y).squareRoot() - radius
    case .square: return max(across, down) - 0.85 * radius
    case .triangle:
      let side = Float(0.75).squareRoot() * across - 0.5 * y
      return max(side, y) - 0.55 * radius
    case .diamond: return (across + down - 1.2 * radius) * diagonal
    case .plus: return Self.bars(across, down, radius: radius)
    case .cross:
      return Self.bars(abs(x + y) * diagonal, abs(x - y) * diagonal, radius: radius)
    case .ring: return abs((x * x + y * y).squareRoot() - 0.75 * radius) - 0.2 * radius
    case .frame: return abs(max(across, down) - 0.7 * radius) - 0.2 * radius
    case .rows: return Self.stripes(y, window: max(across, down), radius: radius)
    case .columns: return Self.stripes(x, window: max(across, down), radius: radius)
    }
  }

  /// Two bars that cross in the middle.
  private static func bars(_ x: Float, _ y: Float, radius: Float) -> Float {
    let width = 0.3 * radius
    return min(max(x - width, y - radius), max(y - width, x - radius))
  }

  /// Three stripes across a square window.
  private static func stripes(_ position: Float, window: Float, radius: Float) -> Float {
    let period = 0.75 * radius
    let phase = position / period
    let nearest = abs(phase - phase.rounded()) * period
    return max(nearest - 0.25 * period, window - radius)
  }
}

/// One image before its noise: a figure, where it is, and its colours.
private struct Scene {
  private static let side = 32
  private static let noise: Float = 50

  private let figure: Figure
  private let center: (x: Float, y: Float)
  private let radius: Float
  /// Red, green and blue of the ground.
  private let ground: [Float]
  /// The colour that the figure adds to the ground.
  private let contrast: [Float]

  init(_ figure: Figure, using stream: inout RandomStream) {
    func uniform(_ range: ClosedRange<Float>) -> Float {
      range.lowerBound + (range.upperBound - range.lowerBound) * Float(stream.uniform())
    }
    func color() -> [Float] { (0..<3).map { _ in uniform(0...255) } }
    self.figure = figure
    let middle = Float(Self.side - 1) / 2
    center = (uniform((middle - 3.5)...(middle + 3.5)), uniform((middle - 3.5)...(middle + 3.5)))
    radius = uniform(7...13)
    let ground = color()
    var contrast: [Float]
    repeat {
      contrast = zip(color(), ground).map { $0 - $1 }
    } while abs(contrast[0] + contrast[1] + contrast[2]) < 150
    self.ground = ground
    self.contrast = contrast
  }

  /// Writes the planes one after the other, the outline smoothed over one pixel.
  func draw(into pixels: UnsafeMutableBufferPointer<UInt8>, using stream: inout RandomStream) {
    let plane = Self.side * Self.side
    for row in 0..<Self.side {
      for column in 0..<Self.side {
        let distance = figure.distance(
          Float(column) - center.x, Float(row) - center.y, radius: radius)
        let coverage = min(max(0.5 - distance, 0), 1)
        var bits = stream.next()
        var index = row * Self.side + column
        for channel in 0..<3 {
          // Between −1 and 1: the difference of two uniform numbers of ten bits.
          let low = Int32(truncatingIfNeeded: bits & 1023)
          let high = Int32(truncatingIfNeeded: (bits >> 30) & 1023)
          let noise = Self.noise * Float(low - high) / 1023
          let color = ground[channel] + contrast[channel] * coverage + noise
          pixels[index] = color < 0 ? 0 : color > 255 ? 255 : UInt8(color)
          bits >>= 10
          index += plane
        }
      }
    }
  }
}
