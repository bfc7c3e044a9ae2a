import Strata

/// Everything that the results of a search depend on, and how many trials it has: two searches of
/// one identity have the same trials with the same results.
package struct StudyIdentity: Sendable, Hashable {
  /// A part of the identity, and what it is called.
  package struct Part: Sendable, Hashable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// The parts, in the order in which they are compared.
  package let parts: [Part]

  package init(_ parts: [Part]) { self.parts = parts }

  /// The identity of a search.
  ///
  /// - Throws: `DataError` when the file of initial weights cannot be read.
  package init(_ plan: SearchPlan, data: RunData, kernel: String) throws {
    let recipe = RecipeKey.allCases.compactMap { key -> Part? in
      guard !Self.recordedApart.contains(key) else { return nil }
      let value = plan.base.value(of: key)
      guard Self.namedAlways.contains(key) || value != Recipe().value(of: key) else { return nil }
      return value.map { Part(key.rawValue, $0.option) }
    }
    let weights = try plan.base.initialWeights.map {
      [Part("weights-sha256", try SHA256.hexadecimal(ofFile: $0))]
    }
    let halving = plan.halving.map { [Part("halving", $0.description)] }
    parts =
      [
        Part("version", strataVersion), Part("kernel", kernel),
        Part("data", data.pair.training.name), Part("data-sha256", data.digest),
        Part("over", plan.space.description),
        Part("fine-over", plan.givenFineSpace?.description ?? "derived"),
        Part("method", plan.method.rawValue),
      ] + Self.parts(of: plan.counts) + (halving ?? []) + recipe + (weights ?? [])
  }

  /// Digests identify the data set and the weights; their location changes
  /// nothing, and neither do threads and checkpoints.
  private static let recordedApart: Set<RecipeKey> = [
    .data, .dataDirectory, .initialWeights, .threads, .checkpointEvery, .output,
  ]

  /// Settings that the first studies name.
  ///
  /// Others are a part only where they are not at their
  /// defaults, so that older studies go on.
  private static let namedAlways: Set<RecipeKey> = [
    .train, .validation, .hidden, .batchNormalization, .statisticsDecay, .initialization,
    .optimizer,
    .precision, .schedule, .etaMinimum, .etaMaximum, .eta, .stepSize, .cycles, .cycleDecay, .epochs,
    .batchSize, .lambda, .dropout, .augment, .shuffle, .seed, .preciseStatistics,
    .adaptiveStatistics, .evaluateEvery,
  ]

  /// The first part that differs, with its value here and there; `nil` where none does.
  func difference(
    from other: StudyIdentity, besides ignored: [String]
  ) -> (name: String, here: String, there: String)? {
    let names = (parts.map(\.name) + other.parts.map(\.name)).filter { !ignored.contains($0) }
    for name in names where self[name] != other[name] {
      return (name, self[name] ?? "not given", other[name] ?? "not given")
    }
    return nil
  }

  /// The value of a part.
  package subscript(name: String) -> String? {
    parts.first { $0.name == name }?.value
  }

  /// The start of the SHA-256 of all parts but those that may grow, by which unnamed studies are
  /// told apart.
  package var mark: String {
    let growing = growingParts
    let text = parts.filter { !growing.contains($0.name) }
      .map { "\($0.name)=\($0.value)\n" }.joined()
    return String(SHA256.hexadecimal(of: text).prefix(8))
  }
}
