import Strata
package import StrataLab

/// A selection of the documents' experiments, made from a number of seeds into a folder.
package struct Reproduction: Sendable {
  /// The experiments, document by document.
  package let documents: [ReproductionDocument]
  /// Seeds 1 to this train every network.
  package let seeds: Int
  /// Where everything is kept.
  package let folder: String
  /// The data set, which all runs share.
  package let data: RunData
  /// What runs of the same settings may differ by.
  let origin: String
  /// The data set that the documents are about.
  let subject: String

  /// The most seeds.
  package static let mostSeeds = 1000

  /// Selects experiments.
  ///
  /// - Parameters:
  ///   - names: Documents, or parts of them as DOCUMENT/PART; none for everything.
  ///   - data: The data set.
  /// - Throws: `ConfigurationError` for a name that there is not, or too many seeds.
  package init(_ names: [String], seeds: Int, folder: String, data: RunData) throws {
    try Self.check(names, seeds: seeds)
    try self.init(
      ReproductionDocument.selection(names), seeds: seeds, folder: folder, data: data)
  }

  /// Checks what needs no data.
  ///
  /// - Throws: `ConfigurationError` for a name that there is not, or too many seeds.
  package static func check(_ names: [String], seeds: Int) throws {
    _ = try ReproductionDocument.selection(names)
    guard (1...mostSeeds).contains(seeds) else {
      throw ConfigurationError(
        setting: "seeds", expected: "a whole number from 1 to \(mostSeeds)", found: "\(seeds)")
    }
  }

  init(
    _ documents: [ReproductionDocument], seeds: Int, folder: String, data: RunData,
    about subject: String = NamedDataset.cifar10.rawValue
  ) throws {
    self.subject = subject
    self.documents = documents
    self.seeds = seeds
    self.folder = folder
    self.data = data
    let kernel = try KernelSet.ofProcess().name
    origin = "\(data.digest) \(strataVersion) \(kernel)"
  }

  /// Every part, in the order of the documents.
  package var parts: [(document: ReproductionDocument, part: ReproductionPart)] {
    documents.flatMap { document in document.parts.map { (document, $0) } }
  }

  /// The runs of some settings, one a seed.
  func runs(of changes: RecipeChanges) -> [ReproductionRun] {
    (1...UInt64(seeds)).map { ReproductionRun(changes: changes, seed: $0) }
  }

  /// Where a run is kept.
  func path(of run: ReproductionRun) -> String {
    Strata.path(folder, "runs/" + run.folderName(origin: origin))
  }

  /// Where it is kept that a run diverged, and where.
  func divergencePath(of run: ReproductionRun) -> String {
    path(of: run) + ".diverged.json"
  }

  /// Where the study of a search is kept: named, like a run, by everything that it depends on, so that
  /// parts with the same search share it.
  func studyPath(of search: ReproducedSearch) -> String {
    let text = "\(search.command(data: "", seeds: 0))\n\(origin)"
    let mark = SHA256.hexadecimal(of: text).prefix(10)
    return Strata.path(folder, "studies/\(search.name)-\(mark).sqlite")
  }

  /// The recipe of a run.
  ///
  /// - Throws: `ConfigurationError` for settings that cannot be.
  func recipe(of run: ReproductionRun) throws -> Recipe {
    var recipe = try run.changes.recipe()
    recipe.data = data.reference
    recipe.dataDirectory = data.directory
    recipe.seed = run.seed
    recipe.threads = 1
    recipe.output = path(of: run)
    return recipe
  }
}

extension ReproductionDocument {
  /// Every document.
  package static let all = [
    AssignmentDocument.document, ReportOf2021.document, ReportOf2022.document,
    BonusReportOf2022.document, ReportOf2019.document,
  ]

  /// The documents with the parts that were named.
  static func selection(_ names: [String]) throws -> [ReproductionDocument] {
    for name in names { try check(name) }
    return all.compactMap { document in
      let isWhole = names.isEmpty || names.contains(document.name)
      let parts = document.parts.filter {
        isWhole || names.contains("\(document.name)/\($0.name)")
      }
      return parts.isEmpty
        ? nil : ReproductionDocument(name: document.name, title: document.title, parts: parts)
    }
  }

  private static func check(_ name: String) throws {
    let known = all.flatMap { document in
      [document.name] + document.parts.map { "\(document.name)/\($0.name)" }
    }
    guard !known.contains(name) else { return }
    let nearest = nearestName(to: name, among: known)
    throw ConfigurationError(
      setting: "name", expected: "a document or DOCUMENT/PART, as strata reproduce --list says",
      found: name.debugDescription, hint: nearest.map { "the nearest name is \($0)" } ?? "")
  }
}
