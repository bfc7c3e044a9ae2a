import CLibrary
import Foundation
import Strata

/// How another program ended.
package enum ProgramEnding: Sendable, Hashable {
  /// By itself, with its exit code.
  case exited(Int32)
  /// By a signal.
  case killed(signal: Int32)
  /// It took too long and was killed.
  case timedOut
}

/// Runs a program to its end, without input and with its output thrown away.
///
/// It stays in the group of this process, so that Ctrl-C reaches both.
///
/// - Parameters:
///   - path: The file of the program.
///   - arguments: Its arguments.
///   - errors: The file that gets what it says on standard error.
///   - limit: After this time it is killed.
/// - Throws: `DataError` when it cannot be started.
package func runProgram(
  _ path: String, _ arguments: [String], errorsTo errors: String, limit: Duration
) throws -> ProgramEnding {
  let start = ContinuousClock.now
  let child = try startProgram(path, arguments, output: nil, errorsTo: errors)
  var status: Int32 = 0
  var wasKilled = false
  while true {
    let result = waitpid(child, &status, wasKilled ? 0 : WNOHANG)
    if result == child { break }
    if result < 0 && errno != EINTR { return .exited(-1) }
    if start.duration(to: .now) > limit {
      kill(child, SIGKILL)
      wasKilled = true
    } else {
      usleep(20_000)
    }
  }
  return wasKilled ? .timedOut : ProgramEnding(status)
}

/// Runs a program like `runProgram`, and hands on what it writes to standard output as it comes.
///
/// - Parameters:
///   - patience: The program is killed when it writes nothing for so long.
///   - take: Gets each piece; where it throws, the program is killed.
/// - Throws: `DataError` when it cannot be started, and what `take` throws.
func readProgram(
  _ path: String, _ arguments: [String], errorsTo errors: String, patience: Duration,
  _ take: (UnsafeRawBufferPointer) throws -> Void
) throws -> ProgramEnding {
  // Of pipes, no other program that is started meanwhile must get a copy, which pipe(2) cannot say.
  var ends: [Int32] = [0, 0]
  let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
  guard socketpair(AF_UNIX, type, 0, &ends) == 0 else {
    throw DataError(reading: path, errno: errno, expected: "a connection to the program")
  }
  defer { close(ends[0]) }
  let child: pid_t
  do {
    defer { close(ends[1]) }
    child = try startProgram(path, arguments, output: ends[1], errorsTo: errors)
  }
  let isAtEnd = Result { try readAll(of: ends[0], patience: patience, take) }
  if (try? isAtEnd.get()) != true { kill(child, SIGKILL) }
  var status: Int32 = 0
  while waitpid(child, &status, 0) < 0 && errno == EINTR {}
  return try isAtEnd.get() ? ProgramEnding(status) : .timedOut
}

/// Reads until the end; `false` when nothing comes for too long.
private func readAll(
  of descriptor: Int32, patience: Duration, _ take: (UnsafeRawBufferPointer) throws -> Void
) throws -> Bool {
  let milliseconds = Int32(patience / .milliseconds(1))
  var bytes = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    let ready = poll(&waiting, 1, milliseconds)
    if ready == 0 { return false }
    let count = ready < 0 ? -1 : read(descriptor, &bytes, bytes.count)
    if count < 0 && errno == EINTR { continue }
    if count <= 0 { return true }
    try bytes.withUnsafeBytes { try take(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
  }
}

/// The file of a program.
///
/// - Parameter path: The folders to look in, between colons.
func findProgram(
  _ name: String, in path: String = ProcessInfo.processInfo.environment["PATH"] ?? ""
) -> String? {
  path.split(separator: ":").map { Strata.path(String($0), name) }
    .first { FileStatus(path: $0).isFile && access($0, X_OK) == 0 }
}

/// The file of a program that is needed.
///
/// - Parameter purpose: What it is needed for, such as “which unpacks the archive”.
/// - Throws: `DataError` that names the package where there is none.
func requireProgram(_ name: String, _ purpose: String) throws -> String {
  guard let file = findProgram(name) else {
    throw DataError(
      .notFound, path: name, expected: "the program \(name), \(purpose)", found: "none in PATH",
      hint: "install the package \(name)")
  }
  return file
}

/// The last line that a program wrote to a file; `nil` where it wrote none.
func lastLine(of path: String) -> String? {
  let text = (try? readStart(of: path, limit: 1 << 20, expected: "messages"))
    .map { String(decoding: $0, as: UTF8.self) }
  let line = text?.split(whereSeparator: \.isNewline).last { !$0.allSatisfy(\.isWhitespace) }
  return line.map { clipped(printableLine(String($0)), columns: 200) }
}

extension ProgramEnding {
  /// Reads what `waitpid` says.
  fileprivate init(_ status: Int32) {
    let signal = status & 0x7f  // WTERMSIG, a macro in C
    self = signal == 0 ? .exited(status >> 8 & 0xff) : .killed(signal: signal)
  }
}

/// Starts a program.
///
/// - Parameter output: The descriptor that standard output goes to; `nil` throws it away.
private func startProgram(
  _ path: String, _ arguments: [String], output: Int32?, errorsTo errors: String
) throws -> pid_t {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
  if let output {
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
  } else {
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
  }
  posix_spawn_file_actions_addopen(
    &actions, STDERR_FILENO, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o600)

  // What this process ignores or blocks, the program would ignore or block too.
  var attributes = posix_spawnattr_t()
  posix_spawnattr_init(&attributes)
  defer { posix_spawnattr_destroy(&attributes) }
  var signals = sigset_t()
  sigemptyset(&signals)
  for number in [SIGPIPE, SIGXFSZ] { sigaddset(&signals, number) }
  posix_spawnattr_setsigdefault(&attributes, &signals)
  var blocked = sigset_t()
  sigemptyset(&blocked)
  posix_spawnattr_setsigmask(&attributes, &blocked)
  posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

  var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
  defer { for word in words { free(word) } }
  var child: pid_t = 0
  let number = posix_spawn(&child, path, &actions, &attributes, &words, environ)
  guard number == 0 else {
    throw DataError(reading: path, errno: number, expected: "a program that can be started")
  }
  return child
}
