package import Strata

extension MetricsFile {
  /// The longest history that is read, in bytes.
  private static let maximumSize = 1 << 26

  /// Reads the history of a run.
  ///
  /// - Throws: `DataError` when the file cannot be read or is not what `text` writes.
  package static func read(_ path: String) throws -> [HistoryPoint] {
    let bytes = try readStart(of: path, limit: maximumSize + 1, expected: "the metrics of a run")
    guard bytes.count <= maximumSize else {
      throw malformed(path, expected: "at most \(bytesText(maximumSize))", found: "more")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw malformed(path, expected: "text in UTF-8", found: "other bytes")
    }
    guard text.hasPrefix(header), text.hasSuffix("\n") else {
      throw malformed(
        path, expected: "whole lines below the heads \(header.dropLast())",
        found: text.hasPrefix(header) ? "a truncated last line" : "other heads")
    }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      .dropFirst().dropLast()  // the heads, and what is behind the last line break: nothing
    let history = try lines.enumerated().map { index, line in
      guard let point = HistoryPoint(line) else {
        throw malformed(
          path,
          expected: "nine numbers (steps, losses and costs from 0, accuracies from 0 to 1), the "
            + "last three of them or none, in line \(index + 2)",
          found: printableLine(String(line.prefix(80))).debugDescription)
      }
      return point
    }
    guard zip(history, history.dropFirst()).allSatisfy({ $0.step < $1.step }) else {
      throw malformed(path, expected: "rows in the order of their steps", found: "another order")
    }
    return history
  }

  private static func malformed(_ path: String, expected: String, found: String) -> DataError {
    DataError(.malformed, path: path, expected: expected, found: found, hint: "train it again")
  }
}

extension HistoryPoint {
  /// Reads a row; `nil` when it is none.
  fileprivate init?(_ line: Substring) {
    let cells = line.split(separator: ",", omittingEmptySubsequences: false)
    guard cells.count == 9, let step = Int(cells[0]), step >= 0 else { return nil }
    let numbers = cells[1...].map { Double($0) }
    guard let epoch = numbers[0], let eta = numbers[1], let training = Metrics(numbers[2..<5]),
      epoch.isFinite, epoch >= 0, eta.isFinite, eta >= 0
    else { return nil }
    let validation = Metrics(numbers[5..<8])
    guard validation != nil || cells[6...].allSatisfy(\.isEmpty) else { return nil }
    self.init(step: step, epoch: epoch, eta: eta, training: training, validation: validation)
  }
}

extension Metrics {
  /// Reads loss, cost and accuracy; a loss or a cost need not be finite.
  fileprivate init?(_ numbers: ArraySlice<Double?>) {
    let numbers = numbers.compactMap { $0 }
    guard numbers.count == 3, !(numbers[0] < 0), !(numbers[1] < 0), (0...1).contains(numbers[2])
    else { return nil }
    self.init(loss: numbers[0], cost: numbers[1], accuracy: numbers[2])
  }
}
