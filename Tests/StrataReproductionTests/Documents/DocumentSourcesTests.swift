import Strata
import StrataLab
import Testing

@testable import StrataReproduction

@Suite("Where the settings of the documents are said")
struct DocumentSourcesTests {
  /// What has to have a source in the settings of a network.
  private static func needed(_ settings: SourcedSettings) -> [RecipeKey] {
    let always: [RecipeKey] = [
      .hidden, .batchNormalization, .initialization, .lambda, .batchSize, .train, .validation,
      .shuffle, .optimizer, .schedule,
    ]
    let length: [RecipeKey] =
      settings[.schedule] == "constant"
      ? [.eta, .epochs] : [.etaMinimum, .etaMaximum, .cycles, .stepSize]
    let normalization: [RecipeKey] =
      settings[.batchNormalization] == "none" ? [] : [.statisticsDecay, .normalizationEpsilon]
    return always + length + normalization
  }

  private static func missing(
    _ settings: SourcedSettings, besides known: Set<RecipeKey> = []
  ) -> [String] {
    needed(settings).filter { settings[$0] == nil && !known.contains($0) }.map(\.rawValue)
  }

  @Test("every setting of every network has one", arguments: ReproductionDocument.all.map(\.name))
  func rows(_ name: String) throws {
    let document = try #require(ReproductionDocument.selection([name]).first)
    for part in document.parts {
      for row in part.rows {
        #expect(Self.missing(row.settings).isEmpty, "\(part.name): \(row.label)")
      }
      if case .choices(let varied) = part.kind {
        for setting in varied { #expect(Self.missing(setting.base).isEmpty, "\(setting.name)") }
      }
    }
  }

  @Test("every setting of every trial has one, or is searched")
  func searches() throws {
    for part in ReproductionDocument.all.flatMap(\.parts) {
      guard case .search(let search) = part.kind else { continue }
      let plan = try SearchPlan(search.request(seeds: 1))
      let searched = Set(plan.space.dimensions.map(\.key))
      #expect(Self.missing(search.base, besides: searched).isEmpty, "\(part.title)")
      if let final = search.final {
        #expect(Self.missing(final, besides: searched).isEmpty, "\(part.title)")
      }
    }
  }

  @Test("nothing that is said is varied; what follows from the images may change with them")
  func varied() {
    for document in ReproductionDocument.all {
      for case .choices(let varied) in document.parts.map(\.kind) {
        for setting in varied {
          let open = setting.base.open
          let keys = setting.varied.options.map(\.key)
          let followers: Set<RecipeKey> =
            keys.contains(.validation) && open.contains(.validation) ? [.train, .stepSize] : []
          for key in keys {
            #expect(
              open.contains(key) || followers.contains(key),
              "\(document.name): \(setting.name) varies \(key.rawValue), which is said")
          }
        }
      }
    }
  }

  @Test("a setting has the value that its words say, where they hold one number")
  func values() {
    var count = 0
    for part in ReproductionDocument.all.flatMap(\.parts) {
      for setting in part.allSettings.flatMap(\.settings) {
        guard case .reported(let citation) = setting.source, let value = Double(setting.text) else {
          continue
        }
        let numbers = Self.numbers(in: citation.words)
        guard numbers.count == 1, Self.stated.contains(setting.key),
          citation.words.contains(/=|`|^\d/)
        else { continue }
        count += 1
        #expect(numbers[0] == value, "\(setting.key.rawValue) \(value): \(citation.words)")
      }
    }
    #expect(count > 100)
  }

  /// Settings whose words are their number.
  private static let stated: Set<RecipeKey> = [
    .lambda, .etaMinimum, .etaMaximum, .eta, .statisticsDecay, .initialization,
  ]

  /// `1e-5`, `1e - 5`, `10^{-5}` and `.005` in a text.
  private static func numbers(in text: String) -> [Double] {
    text.replacing("10^{", with: "1e").replacing(" - ", with: "-").replacing("}", with: "")
      .split { !"0123456789.e-".contains($0) }.filter { $0.contains(where: \.isNumber) }
      .compactMap { Double($0.hasPrefix(".") ? "0" + $0 : String($0)) }
  }
}
