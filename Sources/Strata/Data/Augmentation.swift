/// Random changes to a training image that keep its class.
///
/// In this order: mirror, rotate and shift, all in one resampling; then brightness and contrast. What
/// comes from outside the image is the nearest pixel of its edge.
public struct Augmentation: Sendable, Hashable, Codable {
  /// Whether half of the images are mirrored, left to right.
  public var flips = false
  /// The most pixels that an image moves in either direction, each whole number equally likely.
  public var shift = 0
  /// The largest angle of a rotation about the centre, in degrees, each angle equally likely.
  public var rotation = 0.0
  /// The factor on every pixel is drawn from 1 − `brightness` to 1 + `brightness`.
  public var brightness = 0.0
  /// The factor on a pixel's distance from the image's mean is drawn from 1 − `contrast` to
  /// 1 + `contrast`.
  public var contrast = 0.0

  /// No change.
  public static let none = Augmentation()

  /// The largest shift that is supported, in pixels.
  public static let maximumShift = 1000

  /// Creates no change, to be filled in.
  public init() {}

  private enum CodingKeys: String, CodingKey {
    case flips = "flip"
    case shift
    case rotation = "rotate"
    case brightness, contrast
  }

  /// Checks that the rows are images of bytes, and large enough.
  ///
  /// - Throws: `ConfigurationError` when they are not.
  func validate(for dataset: Dataset) throws {
    guard self != .none else { return }
    let shape = try dataset.shapeOfBytes(for: "augment")
    let side = min(shape.height, shape.width)
    guard shift < max(1, side) else {
      throw ConfigurationError(
        setting: "augment",
        expected: "a shift below \(side) pixels, the shorter side of the images",
        found: "shift:\(shift)")
    }
  }
}

/// The changes to one image in one epoch.
struct AugmentationDraw: Equatable {
  /// Whether it is mirrored.
  var isFlipped = false
  /// Pixels to the right and down.
  var shift = (right: 0, down: 0)
  /// Radians, against the clock.
  var angle = 0.0
  /// The factor on every pixel.
  var brightness = 1.0
  /// The factor on the distance from the mean.
  var contrast = 1.0

  /// Draws for a row of the training part: a function of seed, epoch and row alone.
  init(_ augmentation: Augmentation, seed: UInt64, epoch: Int, row: Int) {
    let index = UInt64(truncatingIfNeeded: epoch) << 32 ^ UInt64(truncatingIfNeeded: row)
    var stream = RandomStream(seed: seed, for: .augmentation, index: index)
    func around(_ centre: Double, _ spread: Double) -> Double {
      centre + spread * (2 * stream.uniform() - 1)
    }
    if augmentation.flips { isFlipped = stream.next() & 1 == 1 }
    if augmentation.shift > 0 {
      let choices = 2 * augmentation.shift + 1
      shift.right = stream.integer(below: choices) - augmentation.shift
      shift.down = stream.integer(below: choices) - augmentation.shift
    }
    if augmentation.rotation > 0 { angle = around(0, augmentation.rotation) * .pi / 180 }
    if augmentation.brightness > 0 { brightness = around(1, augmentation.brightness) }
    if augmentation.contrast > 0 { contrast = around(1, augmentation.contrast) }
  }

  static func == (left: AugmentationDraw, right: AugmentationDraw) -> Bool {
    left.isFlipped == right.isFlipped && left.shift == right.shift && left.angle == right.angle
      && left.brightness == right.brightness && left.contrast == right.contrast
  }
}
