import ArgumentParser

/// How often everything is measured.
struct SampleOptions: ParsableArguments {
  @Option(help: "Samples of each figure.")
  var samples = 9

  func validate() throws { try requirePositive(samples, "samples") }
}

/// - Throws: `ValidationError` when a count is below one.
func requirePositive(_ count: Int, _ name: String) throws {
  guard count >= 1 else {
    throw ValidationError("--\(name): expected a number from 1 on, found \(count).")
  }
}
