import Dispatch
import Foundation
import Strata
import StrataLab
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
  /// Every trial trained to its end, hopeless ones stopped, and the best trained again.
  private static let kinds = [
    arguments, arguments + ["--halving"],
    // Twelve trials too: four of a range of whole numbers, some equal, and eight final runs.
    Array(arguments.dropLast(9)) + [
      "--over", "batch-size=linear:10..30", "--trials", "4", "--stages", "1", "--finalists", "2",
      "--final-seeds", "4", "--final", "epochs=300", "--study", "s.sqlite", "--json",
    ],
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

  private func uninterrupted(_ arguments: [String] = arguments) throws -> String {
    let bench = try Workbench()
    let result = try withExtendedLifetime(bench) { try runStrata(arguments, in: $0.folder) }
    #expect(result.status == 0, "\(result.errors)")
    return timeless(result.output)
  }

  @Test(
    "killed again and again, a search loses no trial that has ended, and ends the same",
    arguments: kinds)
  func killed(_ arguments: [String]) throws {
    let bench = try Workbench()
    var told: [Int] = []
    var last: ProcessResult
    var kills = 0
    repeat {
      // Killed a moment after it has said that a trial has ended, each time a little later.
      last = try runStrata(
        arguments, in: bench.folder,
        shell: """
          pid=$$
          (until grep -q '^trial ' /proc/$pid/fd/2; do
             [ -e /proc/$pid/fd/2 ] || exit
             sleep 0.05
           done
           sleep 0.0\(kills); kill -9 $pid) > /dev/null 2>&1 &
          """)
      told += ended(last.errors)
      if last.status == -SIGKILL { kills += 1 }
    } while last.status == -SIGKILL && kills < 20
    #expect(last.status == 0, "\(last.errors)")
    #expect(kills > 0)
    // A trial that had been lost would have been told of again.
    #expect(Set(told).count == told.count)
    #expect(timeless(last.output) == (try uninterrupted(arguments)))
    #expect(bench.names(in: ".") == ["s", "s.sqlite", "tiny"])
  }

  @Test("eight processes at one study run each trial once and print the same", arguments: kinds)
  func eight(_ arguments: [String]) throws {
    let bench = try Workbench()
    let result = try runStrata(
      arguments + ["--jobs", "1"], in: bench.folder,
      shell: """
        for number in 1 2 3 4 5 6 7 8; do
          ("$@" > $number.out 2> $number.err; echo $? > $number.status) &
        done
        for round in $(seq 1200); do
          [ $(cat *.status 2> /dev/null | wc -l) = 8 ] && break
          sleep 0.05
        done
        set -- true
        """)
    #expect(result.status == 0)
    for number in 1...8 { #expect(try bench.text("\(number).status") == "0\n") }
    let told = try (1...8).flatMap { ended(try bench.text("\($0).err")) }
    #expect(told.sorted() == Array(1...12))
    let expected = try uninterrupted(arguments)
    for number in 1...8 { #expect(timeless(try bench.text("\(number).out")) == expected) }
  }

  @Test("where a process dies between rungs, another one that waits for its trials runs them")
  func orphaned() throws {
    let bench = try Workbench()
    let arguments = Self.arguments + ["--halving"]
    let result = try runStrata(
      arguments, in: bench.folder,
      shell: """
        ("$@" > other.out 2> other.err & pid=$!
         until grep -q '^trial ' other.err; do [ -d /proc/$pid ] || exit; sleep 0.02; done
         kill -9 $pid) &
        """)
    #expect(result.status == 0, "\(result.errors)")
    let told = ended(result.errors) + ended(try bench.text("other.err"))
    #expect(Set(told).count == told.count)
    #expect(timeless(result.output) == (try uninterrupted(arguments)))
  }

  @Test("Ctrl-C ends a search whose trials all wait, with code 75")
  func stoppedWaiting() throws {
    let bench = try Workbench()
    let study = bench.url("s.sqlite").path
    guard let claim = try TrialClaim(firstFreeOf: [2], study: study) else {
      Issue.record("trial 2 is not free")
      return
    }
    let arguments = Self.arguments + ["--halving"]
    // Once trial 1 has ended, the others wait at their first rung for trial 2.
    let first = try runStrata(
      arguments, in: bench.folder,
      shell: """
        pid=$$
        (until grep -q '^trial 1 ' /proc/$pid/fd/2; do
           [ -e /proc/$pid/fd/2 ] || exit
           sleep 0.05
         done
         sleep 1; kill -2 $pid) &
        """)
    let number = claim.number
    #expect(first.status == 75 && number == 2, "\(first.errors)")
    #expect(ended(first.errors) == [1])
  }

  @Test("a trial that another process holds is left to it, and run once that has let go")
  func claims() throws {
    let bench = try Workbench()
    let study = bench.url("s.sqlite").path
    let errors = bench.url("errors")
    let isHeld = DispatchSemaphore(value: 0)
    let wasLeft = Locked(false)
    let holder = Thread {
      guard let claim = try? TrialClaim(firstFreeOf: [3], study: study) else { return }
      isHeld.signal()
      // All of the coarse stage but trial 3 has ended, and nothing happens for a second.
      func told() -> [Int] {
        self.ended((try? String(contentsOf: errors, encoding: .utf8)) ?? "")
      }
      for _ in 0..<600 where told().count < 7 { usleep(100_000) }
      sleep(1)
      wasLeft.withLock { $0 = told().sorted() == [1, 2, 4, 5, 6, 7, 8] && claim.number == 3 }
    }
    holder.start()
    isHeld.wait()
    let result = try runStrata(Self.arguments, in: bench.folder, shell: "exec 2> errors")
    #expect(result.status == 0, "\(result.errors)")
    #expect(wasLeft.withLock { $0 })
    #expect(try ended(bench.text("errors")).sorted() == Array(1...12))
    #expect(timeless(result.output) == (try uninterrupted()))
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
        (until grep -q '^trial ' /proc/$pid/fd/2; do
           [ -e /proc/$pid/fd/2 ] || exit
           sleep 0.05
         done
         kill -\(number) $pid) &
        """)
    #expect(first.status == 75, "\(first.errors)")
    #expect(first.output.isEmpty)
    let line = try #require(first.errors.split(separator: "\n").last)
    #expect(line.contains("every finished trial is in s.sqlite"))
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
        (until [ -e s.sqlite.claims ]; do [ -e /proc/$pid/fd/2 ] || exit; sleep 0.05; done; sleep 0.5
         kill -STOP $pid; kill -2 $pid; kill -15 $pid; kill -CONT $pid) &
        """)
    #expect([-SIGINT, -SIGTERM].contains(result.status), "\(result.status) \(result.errors)")
  }
}
