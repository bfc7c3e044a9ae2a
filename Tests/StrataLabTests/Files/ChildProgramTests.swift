import Foundation
import Strata
import StrataLab
import TestSupport
import Testing

@Suite("runProgram")
struct ChildProgramTests {
  private func run(
    _ script: String, in folder: ScratchFolder, limit: Duration = .seconds(60)
  ) throws -> ProgramEnding {
    try runProgram(
      "/bin/sh", ["-c", script, "sh", folder.path], errorsTo: folder["errors"], limit: limit)
  }

  @Test(
    "it tells how a program ended",
    arguments: [
      ("exit 0", ProgramEnding.exited(0)), ("exit 7", .exited(7)),
      ("kill -TERM $$", .killed(signal: 15)),
    ])
  func endings(_ script: String, _ ending: ProgramEnding) throws {
    #expect(try run(script, in: ScratchFolder()) == ending)
  }

  @Test("arguments arrive whole, standard error goes to the file, there is no input")
  func streams() throws {
    let folder = try ScratchFolder()
    #expect(try run("cat; echo out; printf '%s' \"$1\" >&2", in: folder) == .exited(0))
    #expect(try String(contentsOfFile: folder["errors"], encoding: .utf8) == folder.path)
  }

  @Test("a program that takes too long is killed")
  func limit() throws {
    #expect(
      try run("exec sleep 600", in: ScratchFolder(), limit: .milliseconds(50)) == .timedOut)
  }

  @Test("signals that this process ignores are not ignored by the program")
  func signals() throws {
    signal(SIGPIPE, SIG_IGN)
    #expect(try run("kill -PIPE $$; exit 3", in: ScratchFolder()) == .killed(signal: SIGPIPE))
  }

  @Test("a program that is not there is an error")
  func missing() throws {
    let folder = try ScratchFolder()
    let error = dataError {
      _ = try runProgram(folder["none"], [], errorsTo: folder["errors"], limit: .seconds(1))
    }
    #expect(error?.kind == .notFound)
  }
}
