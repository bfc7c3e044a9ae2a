/// The line that tells how far a run has come.
///
/// It makes text and writes nothing: the caller passes the time in and prints what comes back, so
/// that it behaves the same in a test as on a terminal.
package struct ProgressLine: Sendable {
  /// Where the text goes.
  package enum Output: Sendable, Hashable {
    /// One line that is drawn over and over.
    case terminal
    /// One line an evaluation, for files and pipes.
    case lines
    /// Nothing at all.
    case quiet

    /// The way in which standard error is written to.
    package static func chosen(isQuiet: Bool) -> Output {
      isQuiet ? .quiet : Terminal.isTerminal() ? .terminal : .lines
    }
  }

  /// What there is to tell; a value that is `nil` is left out.
  package struct Reading: Sendable, Hashable {
    /// Update steps made so far.
    package var step: Int
    /// Passes over the training images made so far.
    package var epoch: Double
    /// η of the next update.
    package var eta: Double
    /// Training loss, in nats.
    package var loss: Double?
    /// Training accuracy, a fraction.
    package var accuracy: Double?
    /// Validation accuracy, a fraction.
    package var validationAccuracy: Double?

    /// Creates a reading.
    package init(
      step: Int, epoch: Double, eta: Double, loss: Double? = nil, accuracy: Double? = nil,
      validationAccuracy: Double? = nil
    ) {
      self.step = step
      self.epoch = epoch
      self.eta = eta
      self.loss = loss
      self.accuracy = accuracy
      self.validationAccuracy = validationAccuracy
    }
  }

  /// Seconds between two drawings on a terminal.
  package static let interval = 0.1

  private let output: Output
  private let totalSteps: Int
  private let batchSize: Int
  private let firstStep: Int
  private let startTime: Double
  private var lastDrawing = -Double.infinity
  private var drawnColumns = 0

  /// Starts the line of a run that makes `totalSteps` updates of `batchSize` images, the first of
  /// them, `firstStep`, at `time` seconds.
  package init(
    _ output: Output, totalSteps: Int, batchSize: Int, firstStep: Int = 0, at time: Double
  ) {
    self.output = output
    self.totalSteps = totalSteps
    self.batchSize = batchSize
    self.firstStep = firstStep
    startTime = time
  }

  /// Whether a drawing is due, so that a caller can skip making a reading.
  package func isDue(at time: Double) -> Bool {
    output == .terminal && time - lastDrawing >= Self.interval
  }

  /// What to print after an update step; `nil` most of the time.
  package mutating func advance(
    _ reading: Reading, at time: Double, columns: Int = Terminal.defaultColumns
  ) -> String? {
    guard isDue(at: time) else { return nil }
    return drawing(reading, at: time, columns: columns)
  }

  /// What to print after an evaluation: a whole line, or a fresh drawing on a terminal.
  package mutating func evaluated(
    _ reading: Reading, at time: Double, columns: Int = Terminal.defaultColumns
  ) -> String? {
    switch output {
    case .quiet: nil
    case .terminal: drawing(reading, at: time, columns: columns)
    case .lines: evaluationLine(reading, at: time) + "\n"
    }
  }

  /// What to print at the end, or before another message: it wipes the line off a terminal.
  package mutating func clear(columns: Int = Terminal.defaultColumns) -> String? {
    guard drawnColumns > 0 else { return nil }
    defer { drawnColumns = 0 }
    return "\r" + String(repeating: " ", count: max(0, min(drawnColumns, columns - 1))) + "\r"
  }

  private mutating func drawing(_ reading: Reading, at time: Double, columns: Int) -> String {
    lastDrawing = time
    // The last column stays free: writing there makes some terminals go to the next line.
    let usable = max(0, columns - 1)
    let line = terminalLine(reading, at: time, columns: usable)
    let width = displayWidth(line)
    let leftover = min(drawnColumns, usable) - width
    drawnColumns = width
    return "\r" + line + String(repeating: " ", count: max(0, leftover))
  }
}

extension ProgressLine {
  /// The long form where it fits beside a bar, else the brief one, without what does not fit.
  private func terminalLine(_ reading: Reading, at time: Double, columns: Int) -> String {
    var parts = terminalParts(reading, at: time, isBrief: false)
    if width(of: parts) + shortestBar + 1 > columns {
      parts = terminalParts(reading, at: time, isBrief: true)
    }
    while width(of: parts) + shortestBar + 1 > columns, parts.count > 1,
      let least = parts.indices.max(by: { parts[$0].rank < parts[$1].rank })
    {
      parts.remove(at: least)
    }
    let text = parts.map(\.text).joined(separator: "  ")
    let barWidth = min(longestBar, columns - width(of: parts) - 1)
    guard barWidth >= shortestBar else { return clipped(text, columns: columns) }
    return progressBar(fractionDone(reading.step), width: barWidth) + " " + text
  }

  /// The parts of the line from left to right; the greatest rank is left out first.
  private func terminalParts(_ reading: Reading, at time: Double, isBrief: Bool) -> [Part] {
    let steps = "\(countText(reading.step))/\(countText(totalSteps))"
    let accuracy = reading.accuracy.map { percentText($0) }
    let validation = reading.validationAccuracy.map { percentText($0) }
    let speed = samplesPerSecond(reading.step, at: time)
    let texts: [(rank: Int, text: String?)] = [
      (1, isBrief ? steps : "step " + steps), (4, "η " + significantText(reading.eta)),
      (3, reading.loss.map { "loss " + fixedText($0, decimals: 3) }),
      (2, isBrief ? accuracy : accuracy.map { "accuracy " + $0 }),
      (6, isBrief ? nil : validation.map { "validation " + $0 }),
      (7, speed.map { $0 + (isBrief ? "/s" : " samples/s") }),
      (5, timeLeft(reading.step, at: time)),
    ]
    return texts.compactMap { rank, text in text.map { Part(rank: rank, text: $0) } }
  }

  private func evaluationLine(_ reading: Reading, at time: Double) -> String {
    let isWhole = reading.epoch == reading.epoch.rounded()
    let parts: [String?] = [
      "epoch " + fixedText(reading.epoch, decimals: isWhole ? 0 : 2),
      "step \(countText(reading.step))/\(countText(totalSteps))",
      "η " + significantText(reading.eta),
      reading.loss.map { "loss " + fixedText($0, decimals: 4) },
      reading.accuracy.map { "accuracy " + percentText($0, decimals: 2) },
      reading.validationAccuracy.map { "validation " + percentText($0, decimals: 2) },
      samplesPerSecond(reading.step, at: time).map { $0 + " samples/s" },
      timeLeft(reading.step, at: time),
    ]
    return parts.compactMap { $0 }.joined(separator: "  ")
  }

  private func fractionDone(_ step: Int) -> Double {
    totalSteps > 0 ? min(1, max(0, Double(step) / Double(totalSteps))) : 1
  }

  /// Steps a second since the start, evaluations included; `nil` before the first step.
  private func stepRate(_ step: Int, at time: Double) -> Double? {
    let elapsed = time - startTime
    return step > firstStep && elapsed > 0 ? Double(step - firstStep) / elapsed : nil
  }

  private func samplesPerSecond(_ step: Int, at time: Double) -> String? {
    stepRate(step, at: time).map { fixedText($0 * Double(batchSize), decimals: 0) }
  }

  private func timeLeft(_ step: Int, at time: Double) -> String? {
    guard step < totalSteps else { return nil }
    return stepRate(step, at: time).map {
      durationText(seconds: Double(totalSteps - step) / $0) + " left"
    }
  }
}

private let shortestBar = 8
private let longestBar = 30

/// A piece of the line on a terminal.
private struct Part {
  let rank: Int
  let text: String
}

/// The columns that the parts take, with two blanks between them.
private func width(of parts: [Part]) -> Int {
  parts.reduce(-2) { $0 + 2 + displayWidth($1.text) }
}

/// A bar of `width` columns, of which a fraction is filled from the left.
package func progressBar(_ fraction: Double, width: Int) -> String {
  let filled = Int((fraction * Double(width)).rounded(.down))
  return String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
}
