@testable import Strata

/// Small tables of floats.
enum FloatTables {
  /// Rows around a centre for each class, in columns of very different scales and offsets.
  static func blobs(
    count: Int, columns: Int, classes: Int = 3, spread: Double = 0.4, seed: UInt64 = 1
  ) throws -> Dataset {
    var centers = RandomStream(seed: 77, for: .samples)
    let center = (0..<classes).map { _ in (0..<columns).map { _ in centers.normal() } }
    var stream = RandomStream(seed: seed, for: .samples)
    let labels = (0..<count).map { $0 % classes }
    let rows = labels.map { label in
      (0..<columns).map { column in
        let x = center[label][column] + spread * stream.normal()
        return Float(scale(column) * (x + offset(column)))
      }
    }
    return try Dataset(
      rows: rows, labels: labels, classNames: (0..<classes).map { "class \($0)" }, name: "blobs")
  }

  private static func scale(_ column: Int) -> Double { [1, 1e-6, 1e6][column % 3] }

  private static func offset(_ column: Int) -> Double { [0, 0, 100, -1000][column % 4] }

  /// Two interleaving half circles.
  static func moons(count: Int, seed: UInt64 = 1) throws -> Dataset {
    var stream = RandomStream(seed: seed, for: .samples)
    let labels = (0..<count).map { $0 % 2 }
    let rows = labels.map { label in
      // A point of the half circle by a rational parametrization.
      let t = stream.uniform()
      let (x, y) = ((1 - t * t) / (1 + t * t), 2 * t / (1 + t * t))
      let side = stream.next() & 1 == 0 ? x : -x
      let noise = (0.1 * stream.normal(), 0.1 * stream.normal())
      let point = label == 0 ? (side, y) : (1 - side, 0.5 - y)
      return [Float(point.0 + noise.0), Float(point.1 + noise.1)]
    }
    return try Dataset(rows: rows, labels: labels, columnNames: ["x", "y"], name: "moons")
  }

  /// The binary digits of the class, with noise.
  static func digits(count: Int, classes: Int, seed: UInt64 = 1) throws -> Dataset {
    var stream = RandomStream(seed: seed, for: .samples)
    let labels = (0..<count).map { $0 % classes }
    let rows = labels.map { label in
      (0..<9).map { Float(label >> $0 & 1) + Float(0.1 * stream.normal()) }
    }
    return try Dataset(
      rows: rows, labels: labels, classNames: (0..<classes).map(String.init), name: "digits")
  }
}
