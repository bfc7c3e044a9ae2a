import Glibc
import Strata

extension TrainingPlan {
  /// The run folder that is used when none is named: `runs/` and date, time, data and layers.
  ///
  /// A number is added while the name is taken.
  package func defaultOutput() -> String {
    let hidden = configuration.hidden
    let layers = hidden.isEmpty ? "softmax" : hidden.map(String.init).joined(separator: "-")
    let shortLayers = hidden.count > 12 ? "\(hidden.count)-layers" : layers
    let name = "runs/\(localTime())-\(fileName(split.training.name))-\(shortLayers)"
    var output = name
    var number = 2
    while FileStatus(path: output) != .missing {
      output = "\(name)-\(number)"
      number += 1
    }
    return output
  }
}

/// The start of a text with nothing in it that a file name should not have.
private func fileName(_ text: String) -> String {
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
