import Foundation
import Testing

@Suite("Searches that are killed, stopped, or run by several processes")
struct SearchProcessTests {
  /// Trials of some tenths of a second.
  private static let arguments = [
    "search", "--data", "tiny", "--hidden", "8", "--validation", "10", "--batch-size", "10",
    "--schedule", "constant", "--epochs", "400", "--evaluate-every", "50", "--over",
    "lambda=log:1e-5..1e-1", "--trials", "8", "--fine-trials", "4", "--study", "s.sqlite",
    "--json",
  ]

  /// The trials that a process said it has ended.
  private func ended(_ errors: String) -> [Int] {
    errors.split(separator: "\n").filter { $0.hasPrefix("trial ") }
      .compactMap { Int($0.split(separator: " ")[1]) }
  }

  /// The results without what they took.
  private func timeless(_ text: String) -> String {
    text.split(separator: "\n").filter { !$0.contains("\"seconds\"") }.joined(separator: "\n")
  }

  private func uninterrupted() throws -> String {
    let bench = try Workbench()
    let result = try withExtendedLifetime(bench) { try runStrata(Self.arguments, in: $0.folder) }
    #expect(result.status == 0, "\(result.errors)")
    return timeless(result.output)
  }

  @Test("killed again and again, a search loses no trial that has ended, and ends the same")
  func killed() throws {
    let bench = try Workbench()
    var told: [Int] = []
    var last: ProcessResult
    var kills = 0
    repeat {
      // Killed a moment after it has said that a trial has ended, each time a little later.
      last = try runStrata(
        Self.arguments, in: bench.folder,
        shell: """
          pid=$$
          (until grep -q '^trial ' /proc/$pid/fd/2; do
             [ -e /proc/$pid ] || exit
             sleep 0.05
           done
           sleep 0.0\(kills); kill -9 $pid) > /dev/null 2>&1 &
          """)
      told += ended(last.errors)
      if last.status == -SIGKILL { kills += 1 }
    } while last.status == -SIGKILL && kills < 20
    #expect(last.status == 0, "\(last.errors)")
    #expect(kills > 1)
    // A trial that had been lost would have been told of again.
    #expect(Set(told).count == told.count)
    #expect(timeless(last.output) == (try uninterrupted()))
    #expect(bench.names(in: ".") == ["s", "s.sqlite", "tiny"])
  }

  @Test("eight processes at one study run each trial once and print the same")
  func eight() throws {
    let bench = try Workbench()
    let result = try runStrata(
      Self.arguments + ["--jobs", "1"], in: bench.folder,
      shell: """
        for number in 1 2 3 4 5 6 7 8; do
          ("$@" > $number.out 2> $number.err; echo $? > $number.status) &
        done
        until [ $(cat *.status 2> /dev/null | wc -l) = 8 ]; do sleep 0.05; done
        set -- true
        """)
    #expect(result.status == 0)
    for number in 1...8 { #expect(try bench.text("\(number).status") == "0\n") }
    let told = try (1...8).flatMap { ended(try bench.text("\($0).err")) }
    #expect(told.sorted() == Array(1...12))
    let expected = try uninterrupted()
    for number in 1...8 { #expect(timeless(try bench.text("\(number).out")) == expected) }
  }

  @Test("the trial of a stopped process is left to it, and free at once when it dies")
  func claims() throws {
    let bench = try Workbench()
    let result = try runStrata(
      Self.arguments + ["--jobs", "1"], in: bench.folder,
      shell: """
        "$@" > 1.out 2> 1.err &
        first=$!
        until grep -q '^trial ' 1.err; do sleep 0.05; done
        kill -STOP $first
        ("$@" > 2.out 2> 2.err; echo $? > 2.status) &
        until [ $(cat 1.err 2.err | grep -c '^trial ') -ge 7 ]; do sleep 0.05; done
        sleep 1
        cat 1.err 2.err | grep -c '^trial ' > before
        kill -9 $first
        until [ -s 2.status ]; do sleep 0.05; done
        set -- true
        """)
    #expect(result.status == 0)
    #expect(try bench.text("2.status") == "0\n")
    // All of the coarse stage but the one that the first process held.
    #expect(try bench.text("before") == "7\n")
    let told = try (1...2).flatMap { ended(try bench.text("\($0).err")) }
    #expect(told.sorted() == Array(1...12))
    #expect(timeless(try bench.text("2.out")) == (try uninterrupted()))
  }

  @Test(
    "a signal ends it with code 75 and the command that continues",
    arguments: [SIGINT, SIGTERM])
  func stopped(_ number: Int32) throws {
    let bench = try Workbench()
    let first = try runStrata(
      Self.arguments, in: bench.folder,
      shell: """
        pid=$$
        (until grep -q '^trial ' /proc/$pid/fd/2; do sleep 0.05; done; kill -\(number) $pid) &
        """)
    #expect(first.status == 75, "\(first.errors)")
    #expect(first.output.isEmpty)
    let line = try #require(first.errors.split(separator: "\n").last)
    #expect(line.contains("every trial that has ended is in s.sqlite"))
    #expect(line.hasSuffix("strata " + Self.arguments.joined(separator: " ")))
    let second = try runStrata(Self.arguments, in: bench.folder)
    #expect(second.status == 0, "\(second.errors)")
    let told = ended(first.errors) + ended(second.errors)
    #expect(Set(told).count == told.count)
    #expect(timeless(second.output) == (try uninterrupted()))
  }

  @Test("a second signal ends it at once")
  func twice() throws {
    let bench = try Workbench()
    let result = try runStrata(
      Self.arguments + ["--epochs", "100000000"], in: bench.folder,
      shell: """
        pid=$$
        (until [ -e s.sqlite.claims ]; do sleep 0.05; done; sleep 0.5
         kill -STOP $pid; kill -2 $pid; kill -15 $pid; kill -CONT $pid) &
        """)
    #expect([-SIGINT, -SIGTERM].contains(result.status), "\(result.status) \(result.errors)")
  }
}
