internal import CLibrary

extension AugmentationDraw {
  /// Writes the changed image.
  ///
  /// - Parameters:
  ///   - source: The pixels, plane after plane.
  ///   - target: As many pixels elsewhere.
  func apply(
    to source: UnsafePointer<UInt8>, shape: ImageShape, into target: UnsafeMutablePointer<UInt8>
  ) {
    if angle == 0 {
      move(source, shape: shape, into: target)
    } else {
      rotate(source, shape: shape, into: target)
    }
    if brightness != 1 || contrast != 1 { changeLight(of: target, count: shape.count) }
  }

  /// Mirrors and shifts: each pixel is one of the source's.
  private func move(
    _ source: UnsafePointer<UInt8>, shape: ImageShape, into target: UnsafeMutablePointer<UInt8>
  ) {
    let (height, width) = (shape.height, shape.width)
    // Columns of the target whose source is inside the image, without the mirror.
    let inside = max(0, shift.right)..<max(max(0, shift.right), min(width, width + shift.right))
    for plane in 0..<shape.channels {
      for row in 0..<height {
        let from = source + (plane * height + min(max(row - shift.down, 0), height - 1)) * width
        let to = target + (plane * height + row) * width
        if isFlipped {
          for column in inside { to[column] = from[width - 1 - (column - shift.right)] }
        } else if !inside.isEmpty {
          (to + inside.lowerBound)
            .update(from: from + inside.lowerBound - shift.right, count: inside.count)
        }
        let (first, last) = isFlipped ? (from[width - 1], from[0]) : (from[0], from[width - 1])
        for column in 0..<min(inside.lowerBound, width) { to[column] = first }
        for column in inside.upperBound..<max(inside.upperBound, width) { to[column] = last }
      }
    }
  }

  /// Mirrors, rotates about the centre and shifts, by interpolation between four pixels.
  ///
  /// The pixel at p of the target comes from R (p − c − shift) + c of the source, mirrored, R the
  /// rotation that takes the turn back. Places are whole numbers of 2⁻¹⁶ pixels.
  private func rotate(
    _ source: UnsafePointer<UInt8>, shape: ImageShape, into target: UnsafeMutablePointer<UInt8>
  ) {
    let (height, width) = (shape.height, shape.width)
    let centre = (x: Double(width - 1) / 2, y: Double(height - 1) / 2)
    let (cosine, sine) = (cos(angle), sin(angle))
    let mirror = isFlipped ? -1.0 : 1.0
    let step = (x: fixed(mirror * cosine), y: fixed(sine))
    for row in 0..<height {
      let x = -Double(shift.right) - centre.x
      let y = Double(row - shift.down) - centre.y
      var place = (
        x: fixed(mirror * (cosine * x - sine * y) + centre.x),
        y: fixed(sine * x + cosine * y + centre.y)
      )
      for column in 0..<width {
        let corners = Interpolation(x: place.x, y: place.y, width: width, height: height)
        var offset = 0
        for _ in 0..<shape.channels {
          target[offset &+ row &* width &+ column] = corners.value(in: source + offset)
          offset &+= height &* width
        }
        place = (place.x &+ step.x, place.y &+ step.y)
      }
    }
  }

  /// p ← c (b p − m) + m, m the mean of b p, rounded to a byte.
  private func changeLight(of pixels: UnsafeMutablePointer<UInt8>, count: Int) {
    let sum = (0..<count).reduce(0) { $0 + Int(pixels[$1]) }
    let mean = brightness * Double(sum) / Double(count)
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256) { table in
      for value in 0..<256 {
        let changed = contrast * (brightness * Double(value) - mean) + mean
        table.initializeElement(at: value, to: UInt8(min(max(changed, 0), 255).rounded()))
      }
      for index in 0..<count { pixels[index] = table[Int(pixels[index])] }
    }
  }
}

/// A number in units of 2⁻¹⁶.
private func fixed(_ value: Double) -> Int { Int((value * 0x1p16).rounded()) }

/// A place between four pixels, and the share of each in 2⁻¹⁶.
private struct Interpolation {
  private let first: Int
  private let right, below: Int
  private let shares: (Int, Int, Int, Int)

  /// The place (x, y) in units of 2⁻¹⁶, moved to the nearest one inside the image.
  init(x: Int, y: Int, width: Int, height: Int) {
    let x = min(max(x, 0), (width &- 1) << 16)
    let y = min(max(y, 0), (height &- 1) << 16)
    let (left, top) = (x >> 16, y >> 16)
    let (dx, dy) = (x >> 8 & 255, y >> 8 & 255)
    first = top &* width &+ left
    right = left &+ 1 < width ? 1 : 0
    below = top &+ 1 < height ? width : 0
    shares = (
      (256 &- dx) &* (256 &- dy), dx &* (256 &- dy), (256 &- dx) &* dy, dx &* dy
    )
  }

  func value(in plane: UnsafePointer<UInt8>) -> UInt8 {
    let corner = plane + first
    let sum =
      Int(corner[0]) &* shares.0 &+ Int(corner[right]) &* shares.1
      &+ Int(corner[below]) &* shares.2 &+ Int(corner[below &+ right]) &* shares.3
    return UInt8(truncatingIfNeeded: (sum &+ 0x8000) >> 16)
  }
}
