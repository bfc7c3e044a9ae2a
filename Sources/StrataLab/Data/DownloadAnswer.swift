import Strata

/// What the head of a server's answer says about a file that was asked for.
enum DownloadAnswer: Equatable {
  /// The bytes behind those that are there; how many there will be in all, where the server says.
  case rest(total: Int?)
  /// The whole file, from its start.
  case whole(total: Int?)
  /// There are no bytes behind those that are there.
  case nothingMore

  /// Reads the head of an answer to a request for the bytes from `existing` on.
  ///
  /// - Parameter field: The value of a header field, by its name.
  /// - Throws: `DataError` about `address` for an answer other than the file.
  init(
    status: Int, existing: Int, address: String, field: (String) -> String?
  ) throws {
    func refusal(_ expected: String, _ found: String, _ kind: DataError.Kind = .inputOutput)
      -> DataError
    {
      DataError(kind, path: address, expected: expected, found: found)
    }
    // URLSession would unpack it, and its sum and ranges would be those of other bytes.
    let encoding = field("Content-Encoding") ?? "identity"
    guard encoding.lowercased() == "identity" else {
      throw refusal("the archive's own bytes", "Content-Encoding: \(encoding)")
    }
    let length = field("Content-Length").flatMap { wholeNumber($0) as Int? }
    switch status {
    case 206:
      let range = field("Content-Range") ?? "none"
      guard let (start, total) = Self.parse(range), start == existing else {
        throw refusal("the bytes from \(existing) on", "Content-Range: \(range)")
      }
      self = .rest(total: total ?? length.flatMap { Self.sum($0, existing) })
    case 200: self = .whole(total: length)
    case 416 where existing > 0: self = .nothingMore
    case 404, 410: throw refusal("the file", "HTTP status \(status)", .notFound)
    default: throw refusal("the file", "HTTP status \(status)")
    }
  }

  /// The first number and the number behind the slash of `bytes 5-9/10` (RFC 9110, section 14.4).
  private static func parse(_ range: String) -> (start: Int, total: Int?)? {
    guard range.hasPrefix("bytes ") else { return nil }
    let parts = range.dropFirst(6).split { $0 == "-" || $0 == "/" }
    guard parts.count == 3, let start: Int = wholeNumber(parts[0]) else { return nil }
    return (start, wholeNumber(parts[2]))
  }

  /// The sum; `nil` where it is too large to count.
  private static func sum(_ first: Int, _ second: Int) -> Int? {
    let (sum, overflows) = first.addingReportingOverflow(second)
    return overflows ? nil : sum
  }
}
