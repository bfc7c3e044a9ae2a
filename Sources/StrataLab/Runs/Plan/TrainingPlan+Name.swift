import CLibrary
import Strata

extension TrainingPlan {
  /// Makes and locks the run folder: the one that was asked for, else one of its own.
  ///
  /// - Throws: `DataError` when it cannot be had.
  package func claimFolder() throws -> RunFolder {
    if let output = recipe.output { return try RunFolder(claiming: output) }
    return try RunFolder(claimingFirstFree: defaultOutput)
  }

  /// The run folder when none is named: `runs/` and date, time, data and layers.
  private var defaultOutput: String {
    let hidden = configuration.hidden
    let layers = hidden.isEmpty ? "softmax" : hidden.map(String.init).joined(separator: "-")
    let shortLayers = hidden.count > 12 ? "\(hidden.count)-layers" : layers
    return "runs/\(localTime())-\(fileName(split.training.name))-\(shortLayers)"
  }
}

/// The start of a text with nothing in it that a file name should not have.
func fileName(_ text: String) -> String {
  String(text.prefix(40).map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
}

/// The time where this machine stands, as in `2026-03-01-174502`.
private func localTime() -> String {
  var seconds = time(nil)
  var parts = tm()
  localtime_r(&seconds, &parts)
  let digits = [parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday].map(twoDigits)
  let clock = [parts.tm_hour, parts.tm_min, parts.tm_sec].map(twoDigits)
  return digits.joined(separator: "-") + "-" + clock.joined()
}

private func twoDigits(_ value: Int32) -> String { value < 10 ? "0\(value)" : "\(value)" }
