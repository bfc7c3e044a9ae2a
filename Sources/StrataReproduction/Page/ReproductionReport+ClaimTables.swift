import Strata
import StrataLab

extension ReproductionReport {
  /// The claims of each document in a table of their own, and how many there are of each verdict.
  ///
  /// - Throws: `DataError` when the summary of a run lacks a number.
  func claimBlocks() throws -> [Report.Block] {
    let claims = try claims()
    guard !claims.isEmpty else { return [] }
    let documents = reproduction.documents.filter { document in
      claims.contains { $0.document == document.name }
    }
    let tables = documents.map { document in
      Report.Block.table(
        Self.table(of: claims.filter { $0.document == document.name }, document))
    }
    return [.table(Self.counts(claims, documents))] + tables
  }

  private static func counts(
    _ claims: [ClaimResult], _ documents: [ReproductionDocument]
  ) -> ReportTable {
    let verdicts = ClaimResult.Verdict.allCases
    var table = ReportTable(
      name: "claims", title: "Claims by document and verdict", caption: verdictNote,
      columns: [.init("document")] + verdicts.map { .init($0.rawValue, .right) }
        + [.init("all", .right)],
      footnotes: chanceSentence(claims).map { [$0] } ?? [])
    func line(_ name: String, _ claims: [ClaimResult]) -> [String] {
      [name] + verdicts.map { verdict in "\(claims.count { $0.verdict == verdict })" }
        + ["\(claims.count)"]
    }
    for document in documents {
      table.add(line(document.title, claims.filter { $0.document == document.name }))
    }
    table.add(line("all", claims).map { ReportTable.Cell($0, isEmphasized: true) })
    return table
  }

  private static let verdictNote =
    "inside, outside: a published accuracy and our 95 % prediction interval of one run. confirmed: ours "
    + "lies where the claim says; contradicted: beside it; not confirmed: partly, or it cannot be told. Ours "
    + "is the 95 % interval of the mean; of gradient errors the range over seeds, of a search one number."

  /// How many accuracies would be outside though nothing but the seed differed; `nil` without any.
  static func chanceSentence(_ claims: [ClaimResult]) -> String? {
    let verdicts = claims.count { [.inside, .outside].contains($0.verdict) }
    guard verdicts > 0 else { return nil }
    let expected = fixedText(0.05 * Double(verdicts), decimals: 1)
    return
      "Of \(verdicts) published accuracies 5 %, that is \(expected), would be outside by chance, if "
      + "nothing but the seed differed."
  }

  private static func table(
    of claims: [ClaimResult], _ document: ReproductionDocument
  ) -> ReportTable {
    var table = ReportTable(
      name: "\(document.name)-claims", title: "Claims of “\(document.title)”",
      columns: [
        .init("claim"), .init("line", .right), .init("published", .right), .init("measured"),
        .init("ours", .right), .init("95 % interval", .right), .init("verdict"),
      ])
    for claim in claims {
      let verdict = claim.reason.isEmpty ? "" : ": \(claim.reason)"
      table.add([
        claim.text, "\(claim.citation.line)", claim.published, claim.statistic, claim.ours,
        claim.interval, claim.verdict.rawValue + verdict,
      ])
    }
    return table
  }
}
