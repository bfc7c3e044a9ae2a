import LabTestSupport
import StrataLab
import Testing

@Suite("Progress of a search")
struct SearchProgressTests {
  private var progress: SearchProgress {
    var progress = SearchProgress()
    (progress.total, progress.ended, progress.endedBefore, progress.running) = (30, 12, 4, 2)
    // Two of the trials that are left are the same as earlier ones.
    progress.work = SearchProgress.Work(all: 28, done: 12, before: 4)
    progress.best = SearchSamples.trial(3, lambda: "0.001", accuracy: 0.523)
    return progress
  }

  @Test("the line tells what is done, running and left, and the best so far")
  func line() {
    #expect(
      progress.line(after: 40, columns: 200)
        == "12/30 trials  2 running  1 min 20 s left  best 52.30 % (lambda 0.001)")
    #expect(progress.line(after: 40, columns: 13) == "12/30 trial…")
    #expect(SearchProgress().line(after: 1) == "0/0 trials")
  }

  @Test("a line about a trial has its values and result, or why there is none")
  func trial() {
    let good = SearchSamples.trial(7, lambda: "0.5", accuracy: 0.25, stage: .fine)
    #expect(
      progress.line(about: good, after: 40).hasPrefix(
        "trial 7  fine  lambda 0.5  validation 25.00 %  12/30 trials"))
    let bad = SearchSamples.trial(7, lambda: "0.5", accuracy: nil)
    #expect(progress.line(about: bad, after: 40).contains("lambda 0.5  it diverged  12/30"))
  }
}
