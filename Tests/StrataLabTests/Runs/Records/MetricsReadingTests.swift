import Strata
import StrataLab
import TestSupport
import Testing

@Suite("Reading metrics.csv")
struct MetricsReadingTests {
  private func read(_ text: String) throws -> [HistoryPoint] {
    let folder = try ScratchFolder()
    return try MetricsFile.read(folder.write(Array(text.utf8), to: "metrics.csv"))
  }

  private let header =
    "step,epoch,eta,train_loss,train_cost,train_accuracy,"
    + "validation_loss,validation_cost,validation_accuracy\n"

  @Test("what was written is read again, with validation and without", arguments: [true, false])
  func roundTrip(_ isValidated: Bool) throws {
    let history = FigureSamples.history(count: 7, isValidated: isValidated)
    #expect(try read(MetricsFile.text(history)) == history)
    #expect(try read(MetricsFile.text([])) == [])
  }

  @Test(
    "a damaged file is refused in one sentence that says where",
    arguments: [
      ("", "other heads"), ("step,epoch\n1,2\n", "other heads"),
      ("H0,0,0,1,1,0.1,1,1", "truncated"), ("H0,0,0,1,1,0.1,1,1\n", "line 2"),
      ("H0,0,0,1,1,0.1,1,1,0\n1,0,0,1,x,0.1,1,1,0\n", "line 3"),
      ("H0,0,0,1,1,0.1,1,,0\n", "line 2"), ("H-1,0,0,1,1,0.1,1,1,0\n", "line 2"),
      ("H9,0,0,1,1,0.1,1,1,0\n9,0,0,1,1,0.1,1,1,0\n", "another order"), ("H\n", "line 2"),
      ("H0,0,0,1,1,1.1,1,1,0\n", "line 2"), ("H0,0,0,-1,1,1,1,1,0\n", "line 2"),
      ("H0,inf,0,1,1,1,1,1,0\n", "line 2"), ("H0,0,-1,1,1,1,1,1,0\n", "line 2"),
    ])
  func damaged(_ text: String, _ sentence: String) throws {
    let whole = text.hasPrefix("H") ? header + text.dropFirst() : text
    let error = dataError { _ = try read(whole) }
    #expect(error?.kind == .malformed && error?.description.contains(sentence) == true)
  }

  @Test("other bytes, and no file, are refused")
  func unreadable() throws {
    let folder = try ScratchFolder()
    let path = try folder.write([0xff, 0xfe], to: "metrics.csv")
    #expect(dataError { _ = try MetricsFile.read(path) }?.kind == .malformed)
    #expect(dataError { _ = try MetricsFile.read(folder["none"]) }?.kind == .notFound)
  }
}
