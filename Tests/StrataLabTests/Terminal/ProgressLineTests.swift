import StrataLab
import Testing

@Suite("ProgressLine")
struct ProgressLineTests {
  private let reading = ProgressLine.Reading(
    step: 2250, epoch: 5, eta: 0.1, loss: 1.4025, accuracy: 0.512, validationAccuracy: 0.498)

  private func line(_ output: ProgressLine.Output) -> ProgressLine {
    ProgressLine(output, totalSteps: 9000, batchSize: 100, at: 10)
  }

  @Test("a wide terminal shows the bar, step, η, loss, accuracy, speed and time left")
  func wide() {
    var line = line(.terminal)
    // 2250 of 9000 steps in 2 s: 112,500 samples/s, and 6750 steps take 6 s more.
    #expect(
      line.advance(reading, at: 12, columns: 140)
        == "\r" + "███████" + String(repeating: "░", count: 23)
        + " step 2,250/9,000  η 0.100  loss 1.403  accuracy 51.2 %  validation 49.8 %"
        + "  112,500 samples/s  6.0 s left")
  }

  @Test("80 columns show the same in brief")
  func narrow() {
    var line = line(.terminal)
    #expect(
      line.advance(reading, at: 12)
        == "\r███░░░░░░░░░░░░ 2,250/9,000  η 0.100  loss 1.403  51.2 %  112,500/s  6.0 s left")
  }

  @Test("the line is never as long as the terminal is wide", arguments: 0..<160)
  func fits(columns: Int) {
    var line = line(.terminal)
    let text = line.advance(reading, at: 12, columns: columns) ?? "missing"
    #expect(text.first == "\r")
    #expect(displayWidth(String(text.dropFirst())) <= max(0, columns - 1))
  }

  @Test("a terminal is drawn on at most ten times a second")
  func rate() {
    var line = line(.terminal)
    let drawings = (0..<1000).compactMap { line.advance(reading, at: 11 + Double($0) / 1000) }
    #expect((9...10).contains(drawings.count))
  }

  @Test("what a longer line left over is wiped off")
  func wiping() {
    var line = line(.terminal)
    let first = line.advance(reading, at: 12, columns: 120) ?? ""
    let shorter = ProgressLine.Reading(step: 9000, epoch: 20, eta: 0.1)
    let second = line.advance(shorter, at: 13, columns: 120) ?? ""
    #expect(displayWidth(first) == displayWidth(second))
    #expect(second.hasSuffix("   "))
    let end = line.clear(columns: 120) ?? ""
    #expect(end.first == "\r" && end.last == "\r")
    #expect(end.dropFirst().dropLast().allSatisfy { $0 == " " })
    #expect(line.clear() == nil)
  }

  @Test("a file gets one line an evaluation and nothing in between")
  func lines() {
    var line = line(.lines)
    #expect(line.advance(reading, at: 12) == nil)
    #expect(
      line.evaluated(reading, at: 12)
        == "epoch 5  step 2,250/9,000  η 0.100  loss 1.4025  accuracy 51.20 %  validation 49.80 %"
        + "  112,500 samples/s  6.0 s left\n")
    #expect(line.clear() == nil)
  }

  @Test("before the first step there is no speed, after the last no time left")
  func ends() {
    var line = line(.lines)
    let start = ProgressLine.Reading(step: 0, epoch: 0, eta: 1e-5, loss: .nan, accuracy: 0.1)
    #expect(
      line.evaluated(start, at: 10.5)
        == "epoch 0  step 0/9,000  η 1.00e-05  loss not a number  accuracy 10.00 %\n")
    let end = ProgressLine.Reading(step: 9000, epoch: 20.25, eta: 1e-5)
    #expect(
      line.evaluated(end, at: 19)
        == "epoch 20.25  step 9,000/9,000  η 1.00e-05  100,000 samples/s\n")
  }

  @Test("a resumed run counts its own steps for the speed")
  func resumed() {
    var line = ProgressLine(.lines, totalSteps: 9000, batchSize: 100, firstStep: 2000, at: 10)
    let text = line.evaluated(reading, at: 11) ?? ""
    #expect(text.contains("25,000 samples/s  27 s left"))
  }

  @Test("quiet is quiet")
  func quiet() {
    var line = line(.quiet)
    #expect(line.advance(reading, at: 12) == nil)
    #expect(line.evaluated(reading, at: 13) == nil)
    #expect(line.clear() == nil)
    #expect(!line.isDue(at: 99))
  }

  @Test("what is not a terminal has the default width")
  func notATerminal() {
    #expect(!Terminal.isTerminal(-1))
    #expect(Terminal.columns(-1) == Terminal.defaultColumns)
  }
}
