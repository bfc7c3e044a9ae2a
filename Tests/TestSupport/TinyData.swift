package import Foundation

/// 60 training and 20 test images of 6 × 6 grey pixels in 10 classes.
///
/// Class c has a bright row c / 2 on its left (even c) or right half, so that a network learns it in
/// a moment.
package enum TinyData {
  /// Images of the training file and of the test file.
  package static let counts = (training: 60, test: 20)

  /// Writes the four IDX files into a folder.
  package static func write(to folder: URL) throws {
    for (prefix, count) in [("train", counts.training), ("t10k", counts.test)] {
      try images(count).write(to: folder.appending(path: "\(prefix)-images-idx3-ubyte"))
      try labels(count).write(to: folder.appending(path: "\(prefix)-labels-idx1-ubyte"))
    }
  }

  private static func images(_ count: Int) -> Data {
    let header: [UInt8] = [0, 0, 8, 3, 0, 0, 0, UInt8(count), 0, 0, 0, 6, 0, 0, 0, 6]
    let pixels = (0..<count).flatMap { image in
      (0..<36).map { pixel -> UInt8 in
        let isBright = pixel / 6 == image % 10 / 2 && pixel % 6 / 3 == image % 2
        return isBright
          ? 200 + UInt8((image * 7 + pixel) % 50) : UInt8((image * 5 + pixel * 3) % 60)
      }
    }
    return Data(header + pixels)
  }

  private static func labels(_ count: Int) -> Data {
    Data([0, 0, 8, 1, 0, 0, 0, UInt8(count)] + (0..<count).map { UInt8($0 % 10) })
  }
}
