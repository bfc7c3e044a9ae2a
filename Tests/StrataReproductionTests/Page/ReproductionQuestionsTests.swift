import Strata
import StrataLab
import Testing

@testable import StrataReproduction

@Suite("Answers in plain words")
struct ReproductionQuestionsTests {
  private func answer(
    _ subject: String, _ differences: [Double], stem: String = "Does it help"
  ) throws -> PairedAnswer {
    try PairedAnswer(
      PairedQuestion(stem, subject, row: "a", baseline: "b"),
      pairs: PairedDifferences(of: differences, from: differences.map { _ in 0 }))
  }

  private let more = [0.011, 0.012, 0.013]
  private let less = [-0.02, -0.021, -0.019]
  private let unsure = [0.01, -0.02, 0.03]

  private func outcome(_ differences: [Double]) throws -> PairedAnswer.Outcome? {
    try [answer("here", differences)].corrected().first?.outcome
  }

  @Test("yes, no, open, or no difference; one seed proves nothing")
  func outcomes() throws {
    #expect(try outcome(more) == .yes)
    #expect(try outcome(less) == .no)
    #expect(try outcome(unsure) == .open)
    #expect(try outcome([0.25]) == .open)
    #expect(try outcome([0, 0, 0]) == .same)
    #expect(try outcome([0.25, 0.25, 0.25]) == .open)
  }

  @Test("runs that diverged answer nothing")
  func diverged() throws {
    let run = ReproductionRun(changes: [:], seed: 1)
    let error = DivergenceError(step: 3, layer: nil, tensor: "cost")
    let wild = ReproducedResults(Toy.row("wild"), [.diverged(DivergedRun(run, error))])
    let question = PairedQuestion("Does it help", "here", row: "a", baseline: "wild")
    let answer = try PairedAnswer(
      question, row: ReproducedResults(Toy.row("a"), []), baseline: wild)
    #expect(answer.outcome == .none)
    #expect(try [answer].corrected().sentences == ["Does it help? There is no answer here."])
  }

  @Test("a sentence a question tells for which pairs the answer is which, without numbers")
  func sentences() throws {
    let answers = try [
      answer("in spring", more), answer("in summer", unsure), answer("in winter", more),
      answer("in autumn", less), answer("at night", [0, 0]),
      answer("brown sugar", more, stem: "Is it better than sugar:"),
      answer("salt", less, stem: "Is it better than sugar:"),
      answer("sand", less, stem: "Is it better than sugar:"),
    ].corrected()
    #expect(
      answers.sentences == [
        "Does it help? Yes in spring and in winter. No, it is worse, in autumn. It cannot be told in "
          + "summer. It makes no difference at all at night.",
        "Is it better than sugar? Yes: brown sugar. No, it is worse: salt and sand.",
      ])
    let many = try (1...6).map { try answer("at \($0), or so", more) }
    #expect(try many.corrected().sentences == ["Does it help? Yes in 6 of 6 cases."])
    #expect(
      try Array(many.prefix(2)).corrected().sentences
        == ["Does it help? Yes at 1, or so; at 2, or so."])
    #expect([PairedAnswer]().sentences.isEmpty)
  }

  @Test("Holm's correction is over all answers that stand together")
  func correction() throws {
    let weak = [0.01, 0.02, 0.035]
    let single = try answer("here", weak)
    let pValue = try #require(single.pValue)
    #expect(pValue > 0.03 && pValue < 0.1)
    let doubled = try [single, answer("there", more)].corrected()
    #expect(doubled[0].adjusted == pValue && doubled[1].adjusted == 2 * (doubled[1].pValue ?? 0))
    let both = try [single, answer("there", weak)].corrected()
    #expect(both.map(\.adjusted) == [2 * pValue, 2 * pValue])
  }

  @Test("a list in words")
  func lists() {
    #expect(
      [[], ["a"], ["a", "b"], ["a", "b", "c"]].map(listText) == ["", "a", "a and b", "a, b and c"])
    #expect(capitalized("yes") == "Yes" && capitalized("") == "")
    // A letter of a formula is another one when it is large.
    #expect(capitalized("λ 0.1 and σ") == "λ 0.1 and σ")
  }
}
