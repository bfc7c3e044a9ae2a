/// How often each class was taken for each class.
///
/// Only counts above 0 take memory, so that there may be as many classes as labels can name.
public struct ConfusionMatrix: Sendable, Hashable, Codable {
  /// The number of classes, K.
  public let classes: Int
  /// The counts above 0, by `label` · K + `prediction`.
  private var cells: [Int: Int] = [:]
  private var labelCounts: [Int]
  private var predictionCounts: [Int]

  /// A matrix of zeros.
  public init(classes: Int) {
    self.classes = classes
    labelCounts = Array(repeating: 0, count: classes)
    predictionCounts = labelCounts
  }

  /// Counts one prediction.
  ///
  /// - Precondition: both are from 0 up to, but not including, `classes`.
  public mutating func record(label: Int, prediction: Int) {
    labelCounts[label] += 1
    predictionCounts[prediction] += 1
    cells[label * classes + prediction, default: 0] += 1
  }

  /// How often `label` was taken for `prediction`.
  public subscript(label: Int, prediction: Int) -> Int {
    cells[label * classes + prediction] ?? 0
  }

  /// All counts, shape [K, K]; row: the label, column: the prediction.
  public var counts: [[Int]] {
    (0..<classes).map { label in (0..<classes).map { self[label, $0] } }
  }

  /// Predictions that were counted.
  public var total: Int { labelCounts.reduce(0, +) }

  /// Rows of a class that were counted.
  public func count(of label: Int) -> Int { labelCounts[label] }

  /// The fraction on the diagonal; `nil` for an empty matrix.
  public var accuracy: Double? {
    let right = (0..<classes).reduce(0) { $0 + self[$1, $1] }
    return fraction(right, of: total)
  }

  /// The fraction of a class's rows that were recognized; `nil` where there were none.
  public func recall(of label: Int) -> Double? {
    fraction(self[label, label], of: labelCounts[label])
  }

  /// The fraction of a class's predictions that were right; `nil` where there were none.
  public func precision(of label: Int) -> Double? {
    fraction(self[label, label], of: predictionCounts[label])
  }

  private func fraction(_ part: Int, of whole: Int) -> Double? {
    whole == 0 ? nil : Double(part) / Double(whole)
  }
}
