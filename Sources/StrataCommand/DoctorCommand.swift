import ArgumentParser
import Strata
import StrataLab

/// `strata doctor`: what is here, and whether it works.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Show processor, kernel, memory, disk and data, and run a two-second self-test.",
    discussion: """
      Example: strata doctor --json

      Exits with 1 when a check fails.
      """)

  @Option(.dataDirectory) var dataDirectory: GivenSetting?
  @Option(.threads) var threads: GivenSetting?

  @Flag(help: "Print everything as JSON.")
  var json = false

  func run() throws {
    var asked = Recipe()
    try asked.apply(options: [dataDirectory, threads].compactMap { $0.map { ($0.key, $0.text) } })
    let diagnosis = Diagnosis(threads: asked.threads, dataDirectory: asked.dataDirectory)
    try Console.write(json ? diagnosis.json.indentedText + "\n" : diagnosis.text)
    let failed = diagnosis.checks.filter { !$0.isPassed }.map(\.name)
    guard failed.isEmpty else {
      throw CheckFailure(
        description: "doctor: expected every check to pass, found that "
          + "\(failed.joined(separator: ", ")) failed.")
    }
  }
}
