#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

extension ConfigurationError: LocalizedError {
  /// One sentence for a person.
  public var errorDescription: String? { description }
}

extension DataError: LocalizedError {
  /// One sentence for a person.
  public var errorDescription: String? { description }
}

extension DivergenceError: LocalizedError {
  /// One sentence for a person.
  public var errorDescription: String? { description }
}
