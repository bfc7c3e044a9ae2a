import Strata
import StrataLab
import Testing

/// A text that is no dimension, and what is said of it.
struct BadDimension: CustomTestStringConvertible, Sendable {
  let text: String
  let sentence: String

  init(_ text: String, says sentence: String) {
    self.text = text
    self.sentence = sentence
  }

  var testDescription: String { text }
}

@Suite("SETTING=VALUES")
struct SearchDimensionTests {
  @Test("ranges are read, and whether they are of whole numbers follows from the setting")
  func ranges() throws {
    #expect(
      try SearchDimension("lambda=log:1e-5..1e-1")
        == SearchDimension(.lambda, .range(SearchRange(.log, 1e-5...1e-1, isWhole: false))))
    #expect(
      try SearchDimension("batch-size=linear:50..200")
        == SearchDimension(.batchSize, .range(SearchRange(.linear, 50...200, isWhole: true))))
    #expect(try SearchDimension("eta-max=linear:0.01..0.2").range?.isWhole == false)
    #expect(try SearchDimension("eta-max=linear:0..1").range?.isWhole == false)
    #expect(try SearchDimension("init=log:1e-4..1e-1").range?.isWhole == false)
    #expect(try SearchDimension("hidden=linear:10..100").range?.isWhole == true)
    #expect(try SearchDimension("seed=linear:0..9").range?.bounds == 0...9)
  }

  @Test("choices stand between commas, or between | where there is one")
  func choices() throws {
    #expect(
      try SearchDimension("batch-norm=none,before,after").values
        == .choices(["none", "before", "after"]))
    #expect(
      try SearchDimension("hidden=50,50|100,100|50, 30,20|none").values
        == .choices(["50,50", "100,100", "50,30,20", "none"]))
    #expect(try SearchDimension("hidden=50,100").values == .choices(["50", "100"]))
    #expect(try SearchDimension("lambda=0.10,1e-3").values == .choices(["0.1", "0.001"]))
    #expect(try SearchDimension("shuffle=true,false").values == .choices(["true", "false"]))
  }

  @Test(
    "what is written is read back",
    arguments: ["lambda=log:1.0e-5..0.1", "batch-size=linear:50..200", "hidden=50,50|100"])
  func description(_ text: String) throws {
    #expect(try SearchDimension(text).description == text)
  }

  static let bad = [
    BadDimension("", says: "found nothing"),
    BadDimension("lambda", says: "expected a setting and its values"),
    BadDimension("=1,2", says: "found nothing before the ="),
    BadDimension("lamda=1,2", says: "\"lamda\"; the nearest name is lambda"),
    BadDimension("data=cifar10,shapes", says: "all trials share it; give it as --data"),
    BadDimension("validation=linear:10..20", says: "all trials share it"),
    BadDimension("threads=1,2", says: "all trials share it"),
    BadDimension("output=a,b", says: "all trials share it"),
    BadDimension("initial-weights=a,b", says: "all trials share it"),
    BadDimension("lambda=", says: "found nothing"),
    BadDimension("lambda=0.1", says: "for one value, give --lambda instead"),
    BadDimension("lambda=0.1,", says: "found nothing"),
    BadDimension("lambda=0.1,0.10", says: "0.1 twice"),
    BadDimension("hidden=50,50", says: "values that hold commas are separated by |"),
    BadDimension("lambda=1,many", says: "lambda: expected a finite number"),
    BadDimension("lambda=uniform:1..2", says: "log:LOW..HIGH or linear:LOW..HIGH"),
    BadDimension("lambda=log:", says: "expected two numbers, the lower first"),
    BadDimension("lambda=log:1", says: "expected two numbers"),
    BadDimension("lambda=log:1..2..3", says: "expected two numbers"),
    BadDimension("lambda=log:1e-5...1e-1", says: "expected two numbers"),
    BadDimension("lambda=log:1..1", says: "the lower first"),
    BadDimension("lambda=linear:2..1", says: "the lower first"),
    BadDimension("lambda=linear:nan..1", says: "expected two numbers"),
    BadDimension("lambda=linear:0..inf", says: "expected two numbers"),
    BadDimension("lambda=log:0..1", says: "numbers above 0 on a logarithmic scale"),
    BadDimension("lambda=linear:-1..1", says: "lambda: expected a finite number of at least 0"),
    BadDimension("statistics-decay=linear:0.5..1", says: "not including, 1, found \"1.0\""),
    BadDimension("batch-size=linear:0..10", says: "batch-size: expected a whole number from 1"),
    BadDimension("batch-size=linear:1.5..10", says: "batch-size: expected a whole number"),
    BadDimension("batch-norm=linear:1..2", says: "batch-norm: expected none, before, after"),
    BadDimension("seed=linear:0..18446744073709551615", says: "at most 9007199254740992"),
  ]

  @Test("anything else is an error that says why", arguments: bad)
  func rejected(_ bad: BadDimension) {
    let error = #expect(throws: ConfigurationError.self) { try SearchDimension(bad.text) }
    #expect(error?.description.contains(bad.sentence) == true, "\(error?.description ?? "")")
  }
}
