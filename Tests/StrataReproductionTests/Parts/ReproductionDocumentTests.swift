import Strata
import StrataLab
import Testing

@testable import StrataReproduction

@Suite("The documents that are made again")
struct ReproductionDocumentTests {
  private var parts: [ReproductionPart] { ReproductionDocument.all.flatMap(\.parts) }
  private var rows: [ReproducedRow] { parts.flatMap(\.rows) }

  @Test("every setting of every row and search can be")
  func settings() throws {
    for row in rows { #expect(throws: Never.self) { try row.changes.recipe().check() } }
    for part in parts {
      guard case .search(let search) = part.kind else { continue }
      #expect(throws: Never.self) { try SearchPlan(search.request(seeds: 5)) }
    }
  }

  @Test("every document says what it leaves open, and each alternative is another network")
  func choices() throws {
    for document in ReproductionDocument.all {
      let part = try #require(document.parts.last)
      guard case .choices(let varied) = part.kind else {
        Issue.record("\(document.name) has no choices")
        continue
      }
      #expect(!varied.isEmpty)
      for setting in varied {
        #expect(setting.changes != setting.alternativeChanges, "\(setting.name)")
        #expect(throws: Never.self) { try setting.changes.recipe().check() }
        #expect(throws: Never.self) { try setting.alternativeChanges.recipe().check() }
      }
      let names = varied.map { "\($0.name) \($0.alternative)" }
      #expect(Set(names).count == names.count)
    }
  }

  @Test("every accuracy that the documents print has its row")
  func published() {
    let numbers = rows.flatMap(\.published).map { (1e4 * $0.value).rounded() / 100 }
    let assignment: [Double] = [52, 53.5]
    let of2021: [Double] = [
      53.69, 53.97, 40.28, 51.73, 52.30, 52.22, 52.18, 52.70, 52.68, 52.54, 54, 52.63, 53.11,
      52.69, 52.11, 52.87, 10, 53.75,
    ]
    let of2022: [Double] = [
      52.09, 52.13, 47.57, 51.44, 52.96, 52.86, 52.12, 53.80, 53.66, 53.48, 52.29,
    ]
    let bonus: [Double] = [54.8, 53.9, 54.4, 56.4, 54.6, 55.1]
    let of2019: [Double] = [
      45.88, 46.77, 52.58, 52.40, 52.24, 52.06, 52.04, 52.54, 52.42, 52.28, 51.33,
    ]
    #expect(numbers == assignment + of2021 + of2022 + bonus + of2019)
  }

  @Test("a row is judged where its network is said")
  func judged() {
    let judged = rows.filter { !$0.settings.open.contains(.hidden) }
    #expect(judged.allSatisfy { $0.obstacle == nil })
    let others = rows.filter { $0.settings.open.contains(.hidden) }
    #expect(
      others.allSatisfy { $0.obstacle == "the document does not say which network was trained" })
    #expect(others.allSatisfy { $0.published.isEmpty })
  }

  @Test("no network is trained twice under different options")
  func sharing() throws {
    var known: [Recipe: RecipeChanges] = [:]
    for changes in parts.flatMap(networks) {
      var recipe = try changes.recipe()
      // What the learning rate takes where no length is said: five epochs of CIFAR-10.
      let images = recipe.train ?? 50_000 - (recipe.validation ?? 5000)
      recipe.schedule.stepSize =
        recipe.schedule.stepSize ?? 5 * images / recipe.batchSize
      #expect(known[recipe, default: changes] == changes)
      known[recipe] = changes
    }
  }

  /// The settings of every network that is known before the searches are made.
  private func networks(of part: ReproductionPart) -> [RecipeChanges] {
    switch part.kind {
    case .choices(let varied): varied.flatMap { [$0.changes, $0.alternativeChanges] }
    default: part.rows.map(\.changes)
    }
  }

  @Test("half a unit of the last printed digit")
  func rounding() {
    #expect(abs(PublishedNumber.test(52, decimals: 0, Toy.citation).rounding - 0.005) < 1e-15)
    #expect(abs(PublishedNumber.test(54.8, decimals: 1, Toy.citation).rounding - 0.0005) < 1e-15)
    #expect(abs(PublishedNumber.test(53.69, Toy.citation).rounding - 0.00005) < 1e-15)
  }

  @Test("update steps and images are those of the documents")
  func lengths() throws {
    func recipe(_ name: String, _ label: String) throws -> Recipe {
      let part = try #require(
        ReproductionDocument.selection([name]).first?.parts.first { name.hasSuffix($0.name) })
      guard case .runs(let rows, _) = part.kind else { throw CancellationError() }
      return try #require(rows.first { $0.label == label }).changes.recipe()
    }
    let deep = try recipe("bonus-2022/deep", "10 layers, batch normalization")
    // 45,000 images are 450 batches: 2 cycles of 2 · 2250 steps are 20 epochs.
    #expect(deep.train == nil && deep.validation == nil)
    #expect((deep.schedule.stepSize ?? 5 * 450) * 2 * deep.schedule.cycles == 20 * 450)
    #expect(deep.hidden == [50, 30, 30, 30, 20, 20, 20, 20, 20])
    let final = try recipe("report-2019/final", "λ 0.000648717")
    #expect(
      final.validation == 1000 && final.schedule.stepSize == 980 && final.schedule.cycles == 3)
    #expect(final.lambda == 0.000648717 && final.batchNormalization == .none)
    let small = try recipe("report-2019/cycles", "n_s 800, three cycles")
    #expect(small.train == 10_000 && small.schedule.stepSize == 800 && small.schedule.cycles == 3)
    #expect(small.lambda == 0.01 && small.hidden == [50])
    let overfit = try recipe("report-2021/overfit", "100 epochs")
    #expect(overfit.train == 100 && overfit.epochs == 100 && overfit.batchSize == 10)
    #expect(overfit.schedule == .constant(0.001))
    let xavier = try recipe("report-2021/depth", "9 layers, batch normalization")
    #expect(xavier.initialization == .xavier && xavier.statisticsDecay == 0.7)
    #expect(xavier.hidden == [50, 30, 20, 20, 10, 10, 10, 10] && xavier.lambda == 0.005)
    let weak = try recipe("report-2021/sensitivity", "σ 1e-4")
    #expect(weak.initialization == .fixed(1e-4) && weak.lambda == 0.003221)
    #expect(weak.batchNormalization == .none)
  }

  @Test("names and titles are unique, texts short, and questions about rows that there are")
  func names() {
    let names = ReproductionDocument.all.flatMap { document in
      document.parts.map { "\(document.name)/\($0.name)" }
    }
    #expect(Set(names).count == names.count)
    #expect(Set(parts.map(\.title)).count == parts.count)
    for part in parts { #expect(!part.text.isEmpty && part.text.count <= 380, "\(part.title)") }
    for part in parts {
      guard case .runs(let rows, let questions) = part.kind else { continue }
      let labels = rows.map(\.label)
      #expect(Set(labels).count == labels.count)
      for question in questions {
        #expect(labels.contains(question.row) && labels.contains(question.baseline))
      }
    }
  }

  @Test(
    "a name selects a document or one of its parts; an unknown one is an error with the nearest")
  func selection() throws {
    #expect(try ReproductionDocument.selection([]).count == 5)
    let selected = try ReproductionDocument.selection(["report-2019", "assignment/depth"])
    #expect(selected.map(\.name) == ["assignment", "report-2019"])
    #expect(selected[0].parts.map(\.name) == ["depth"])
    let error = #expect(throws: ConfigurationError.self) {
      try ReproductionDocument.selection(["assignment/dept"])
    }
    #expect(error?.hint == "the nearest name is assignment/depth")
  }

  @Test("changes are in the order of the help page, whatever the order they are given in")
  func changes() throws {
    let changes: RecipeChanges = [.lambda: "0.01", .hidden: "50"]
    #expect(changes == [.hidden: "50", .lambda: "0.01"])
    #expect(
      changes.command(data: "cifar10") == "strata train --data cifar10 --hidden 50 --lambda 0.01")
    let others = changes.and([.lambda: "0.02", .cycles: "3"])
    #expect(others == [.hidden: "50", .cycles: "3", .lambda: "0.02"])
    #expect(try others.recipe().lambda == 0.02)
  }
}
