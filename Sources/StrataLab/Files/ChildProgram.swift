import Glibc
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
  let child = try startProgram(path, arguments, errorsTo: errors)
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
  if wasKilled { return .timedOut }
  let signal = status & 0x7f  // WTERMSIG, a macro in C
  return signal == 0 ? .exited(status >> 8 & 0xff) : .killed(signal: signal)
}

private func startProgram(
  _ path: String, _ arguments: [String], errorsTo errors: String
) throws -> pid_t {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
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
