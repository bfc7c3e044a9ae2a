import Strata
import StrataLab

/// The report on the assignment as it is handed in: what its sheet asks for, in its order, on a few
/// pages.
///
/// Every sentence follows from the results by a rule and holds for whatever came out.
struct HandedInReport: Sendable {
  /// What was found.
  let source: ReproductionReport

  /// The file of the page.
  static let pageName = "assignment-report.html"
  /// The file of the same as PDF.
  static let pdfName = "assignment-report.pdf"
  /// The document that the sheet is.
  static let document = SourceDocument.assignment.rawValue

  /// The report on what was found.
  init(_ source: ReproductionReport) {
    self.source = source
  }

  /// The report.
  ///
  /// - Throws: `DataError` when the summary of a run lacks a number.
  func report() throws -> Report {
    Report(
      title: "DD2424, assignment 3", introduction: introduction,
      sections: try Self.typeset([
        Report.Section("i) Gradient checks", gradients()),
        Report.Section("ii) Loss of the 3-layer network", defaultNetwork()),
        Report.Section("iii) Loss of the 6-layer network, and of 9 layers", deepNetworks()),
        Report.Section("iv) Search for λ", lambdaSearch()),
        Report.Section("v) Sensitivity to initialization", sensitivity()),
        Report.Section("Bonus: improvements", bonus()),
        Report.Section("Other questions of the sheet", otherQuestions()),
        Report.Section("Appendix: commands", commands()),
      ]), style: .compact)
  }

  /// The sections with numbers and their percent signs on one line.
  private static func typeset(_ sections: [Report.Section]) -> [Report.Section] {
    sections.map { section in
      var section = section
      section.blocks = section.blocks.map { block in
        guard case .paragraph(let text) = block else { return block }
        return .paragraph(text.replacing(" %", with: "\u{A0}%"))
      }
      return section
    }
  }

  /// Who wrote it, and how its numbers are to be read.
  private var introduction: [String] {
    let seeds = source.reproduction.seeds
    let name = source.reproduction.data.pair.training.name
    let images = source.reproduction.data.pair
    let data =
      source.obstacle == nil
      ? " Data: CIFAR-10, \(countText(images.training.count)) images for training and validation, "
        + "\(countText(images.test.count)) for the test."
      : " The networks learned from \(name), not from CIFAR-10."
    let origin =
      "Written by strata \(strataVersion) from \(seeds) seed\(seeds == 1 ? "" : "s"): a program "
      + "trained the networks and wrote each sentence by a rule.\(data)"
    let reading =
      seeds == 1
      ? "One seed gives neither intervals nor tests, so no difference below is proven."
      : "Numbers are means over seeds, with Student's 95 % interval in brackets. Differences pair "
        + "the seeds; one is significant only where a t-test, after Holm's correction over those "
        + "beside it, finds p below 0.05."
    return [origin + " " + reading]
  }

  /// An experiment of the sheet; `nil` where it was not made.
  func experiment(_ part: String) -> ReproductionReport.Experiment? {
    source.experiments.first { $0.document.name == Self.document && $0.part.name == part }
  }

  /// What stands in place of an experiment that was not made.
  func missing(_ part: String) -> [Report.Block] {
    [.paragraph("The experiment \(Self.document)/\(part) was not made.")]
  }
}

extension Reproduction {
  /// Checks that the report that is handed in can be written: it needs the assignment as a whole.
  ///
  /// - Throws: `ConfigurationError` when a part of it is left out.
  package static func checkHandedIn(_ names: [String]) throws {
    let selected = try ReproductionDocument.selection(names)
    let isThere = selected.contains { $0.name == HandedInReport.document && $0.isWhole }
    guard !isThere else { return }
    throw ConfigurationError(
      setting: "report",
      expected: "the whole document \(HandedInReport.document) among what is selected",
      found: names.joined(separator: " "),
      hint: "add \(HandedInReport.document) to the names")
  }
}
