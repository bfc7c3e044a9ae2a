import Foundation
import Strata
import StrataLab
import TestSupport
import Testing

@Suite("RunImages")
struct RunImagesTests {
  @Test("the images of a run are found where its recipe says")
  func found() throws {
    let runs = try SampleRuns()
    var images = RunImages()
    let run = try FinishedRun(contentsOf: runs.train("run"))
    #expect(try images.images(of: run).test.count == TinyData.counts.test)
  }

  @Test("images that changed, or are gone, are not taken for them")
  func changed() throws {
    let runs = try SampleRuns()
    let run = try FinishedRun(contentsOf: runs.train("run"))
    try runs.folder.poke(7, at: 20, of: "tiny/t10k-images-idx3-ubyte")
    let changed = dataError {
      var images = RunImages()
      _ = try images.images(of: run)
    }
    #expect(changed?.expected.contains("SHA-256") == true)
    try FileManager.default.removeItem(atPath: runs.folder["tiny"])
    let gone = dataError {
      var images = RunImages()
      _ = try images.images(of: run)
    }
    #expect(gone?.kind == .notFound)
  }
}
