import Foundation

/// What a process said and how it ended.
struct ProcessResult {
  /// The exit code; the negative number of the signal that ended it otherwise.
  let status: Int32
  let output: String
  let errors: String

  /// Standard output as a JSON object.
  func json() throws -> [String: Any] {
    let value = try JSONSerialization.jsonObject(with: Data(output.utf8))
    guard let object = value as? [String: Any] else { throw UnexpectedJSON() }
    return object
  }
}

struct UnexpectedJSON: Error {}

/// Runs the built executable, which lies beside the program that runs the tests.
///
/// - Parameter shell: what a shell does before the command takes its place, such as `ulimit`.
func runStrata(
  _ arguments: [String], in folder: URL, environment: [String: String] = [:], shell: String = ""
) throws -> ProcessResult {
  let program = try URL(
    filePath: FileManager.default.destinationOfSymbolicLink(
      atPath: "/proc/self/exe")
  ).deletingLastPathComponent().appending(path: "strata")
  let process = Process()
  process.executableURL = shell.isEmpty ? program : URL(filePath: "/bin/sh")
  process.arguments =
    shell.isEmpty ? arguments : ["-c", "\(shell)\nexec \"$@\"", "sh", program.path] + arguments
  process.currentDirectoryURL = folder
  // Where lines are counted, a process that is killed would leave a count that is cut off.
  process.environment = [
    "HOME": folder.path, "PATH": "/usr/bin:/bin", "LLVM_PROFILE_FILE": "/dev/null",
  ].merging(environment) { $1 }
  let streams = try [UUID().uuidString, UUID().uuidString].map { name in
    let file = FileManager.default.temporaryDirectory.appending(path: "strata-\(name)")
    try Data().write(to: file)
    return (file: file, handle: try FileHandle(forWritingTo: file))
  }
  defer { for stream in streams { try? FileManager.default.removeItem(at: stream.file) } }
  process.standardOutput = streams[0].handle
  process.standardError = streams[1].handle
  try process.run()
  process.waitUntilExit()
  let texts = try streams.map { String(decoding: try Data(contentsOf: $0.file), as: UTF8.self) }
  let wasKilled = process.terminationReason == .uncaughtSignal
  return ProcessResult(
    status: wasKilled ? -process.terminationStatus : process.terminationStatus,
    output: texts[0], errors: texts[1])
}
