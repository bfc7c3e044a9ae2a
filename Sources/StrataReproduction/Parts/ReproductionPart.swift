import Strata

/// One experiment of a document.
package struct ReproductionPart: Sendable {
  /// How an experiment is made.
  package enum Kind: Sendable {
    /// Networks are trained, each from several seeds.
    case runs([ReproducedRow], questions: [PairedQuestion])
    /// Gradients are checked.
    case gradients([ReproducedGradient])
    /// A search is made, once, and its finalists are trained from several seeds.
    case search(ReproducedSearch)
    /// Networks are trained with what was chosen for settings that the document does not say, and
    /// with something else.
    case choices([VariedSetting])
  }

  /// What it is called on the command line, behind the document's name.
  package let name: String
  /// What it shows, in a few words; no other part has the same.
  package let title: String
  /// What the document did, a sentence or two.
  package let text: String
  /// How it is made.
  package let kind: Kind
  /// How its results are drawn.
  package var drawing = PartDrawing.none
  /// Settings that are not those of a network, such as the trials of a search, and where they are said.
  package var notes: [SettingNote] = []
  /// What the document says came out, besides accuracies.
  package var claims: [PublishedClaim] = []
  /// Numbers of ours that show something.
  package var observations: [Observation] = []

  init(_ name: String, _ title: String, _ text: String, _ kind: Kind) {
    self.name = name
    self.title = title
    self.text = text
    self.kind = kind
  }

  /// The same part, drawn.
  func drawn(_ drawing: PartDrawing) -> ReproductionPart {
    var part = self
    part.drawing = drawing
    return part
  }

  /// The same part with settings that are not those of a network.
  func noting(_ notes: [SettingNote]) -> ReproductionPart {
    var part = self
    part.notes = notes
    return part
  }

  /// The same part with claims.
  func claiming(_ claims: [PublishedClaim]) -> ReproductionPart {
    var part = self
    part.claims = claims
    return part
  }

  /// The same part with numbers of ours.
  func observing(_ observations: [Observation]) -> ReproductionPart {
    var part = self
    part.observations = observations
    return part
  }

  /// The networks whose settings are known before anything is made.
  var rows: [ReproducedRow] {
    switch kind {
    case .runs(let rows, _): rows
    case .search(let search): search.baseline.map { [$0] } ?? []
    case .gradients, .choices: []
    }
  }
}
