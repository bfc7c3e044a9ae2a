package import Strata
package import Testing

/// Runs `body` and gives the `DataError` that it must throw.
package func dataError(
  sourceLocation: SourceLocation = #_sourceLocation, from body: () throws -> Void
) -> DataError? {
  #expect(throws: DataError.self, sourceLocation: sourceLocation) { try body() }
}

/// Runs `body` and gives the `ConfigurationError` that it must throw.
package func configurationError(
  sourceLocation: SourceLocation = #_sourceLocation, from body: () throws -> Void
) -> ConfigurationError? {
  #expect(throws: ConfigurationError.self, sourceLocation: sourceLocation) { try body() }
}
