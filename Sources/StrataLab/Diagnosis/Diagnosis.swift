package import Strata

/// What `doctor` finds out: the machine, the data that is there, and whether the program works.
package struct Diagnosis: Sendable {
  /// A fact about the machine.
  package struct Fact: Sendable {
    /// The key in JSON.
    let key: String
    /// The label for a person.
    let label: String
    /// The value as JSON.
    let value: JSONValue
    /// The value for a person.
    let text: String
  }

  /// The facts, in order.
  package let facts: [Fact]
  /// Where each known data set was found; `nil` where it was not.
  package let data: [(name: String, place: String?)]
  /// The checks.
  package let checks: [SelfCheck]

  /// Looks at everything and makes the checks.
  package init(threads: Int?, dataDirectory: String?) {
    let threads = threads ?? Machine.usableProcessors
    facts = Self.machineFacts(threads: threads) + Self.spaceFacts
    data = RunData.known(dataDirectory: dataDirectory)
    checks = SelfTest.checks(threads: threads)
  }

  /// Whether every check was passed.
  package var isHealthy: Bool { checks.allSatisfy(\.isPassed) }

  private static func machineFacts(threads: Int) -> [Fact] {
    let features = Machine.processorFeatures
    let processor = Machine.processorName
    let kernels = try? KernelSet.ofProcess()
    let kernel = kernels?.name ?? "none of that name"
    let precisions = Precision.allCases.filter { kernels?.supports($0) ?? false }.map(\.rawValue)
    return [
      Fact(
        key: "version", label: "version", value: .string(strataVersion), text: strataVersion),
      Fact(
        key: "processor", label: "processor", value: processor.map { .string($0) } ?? .null,
        text: processor ?? "unknown"),
      Fact(
        key: "features", label: "features", value: .array(features.map { .string($0) }),
        text: features.isEmpty ? "none of those used" : features.joined(separator: " ")),
      Fact(
        key: "kernel", label: "kernel", value: .string(kernel), text: kernel),
      Fact(
        key: "precisions", label: "precisions", value: .array(precisions.map { .string($0) }),
        text: precisions.isEmpty ? "none" : precisions.joined(separator: ", ")),
      Fact(
        key: "threads", label: "threads", value: .integer(threads),
        text: "\(threads) of \(Machine.usableProcessors) available processors"),
    ]
  }

  private static var spaceFacts: [Fact] {
    let spaces: [(String, String, Int?)] = [
      ("memory_bytes", "memory", Machine.memory),
      ("memory_available_bytes", "memory available", Machine.availableMemory),
      ("memory_limit_bytes", "memory limit", Machine.memoryLimit),
      ("disk_free_bytes", "disk free here", freeSpace(at: ".")),
    ]
    return spaces.map { key, label, bytes in
      let isLimit = key == "memory_limit_bytes"
      return Fact(
        key: key, label: label, value: bytes.map { .integer($0) } ?? .null,
        text: bytes.map(bytesText) ?? (isLimit ? "none" : "unknown"))
    }
  }
}

extension Diagnosis {
  /// Everything as JSON.
  package var json: JSONValue {
    let places = data.map { entry in
      JSONValue.Member(entry.name, entry.place.map { .string($0) } ?? .null)
    }
    let results = checks.map { check in
      JSONValue.object([
        .init("name", .string(check.name)), .init("passed", .boolean(check.isPassed)),
        .init("found", .string(check.found)), .init("seconds", .real(check.seconds)),
      ])
    }
    return .object(
      facts.map { JSONValue.Member($0.key, $0.value) } + [
        .init("data", .object(places)), .init("checks", .array(results)),
        .init("healthy", .boolean(isHealthy)),
      ])
  }

  /// Everything for a person.
  package var text: String {
    var table = TextTable([.init("what"), .init("found")])
    for fact in facts { table.add([fact.label, fact.text]) }
    table.addRule()
    for entry in data { table.add(["data \(entry.name)", entry.place ?? "not found"]) }
    table.addRule()
    for check in checks {
      let verdict = check.isPassed ? "passed" : "FAILED"
      table.add([
        "check \(check.name)",
        "\(verdict): \(check.found) (\(durationText(seconds: check.seconds)))",
      ])
    }
    return table.text
  }
}
