import Foundation
import Strata
import StrataLab
import Testing

@Suite("Run folders")
struct RunFolderTests {
  private let place = FileManager.default.temporaryDirectory
    .appending(path: "strata-\(UUID().uuidString)").path

  private var names: [String]? {
    (try? FileManager.default.contentsOfDirectory(atPath: place))?.sorted()
  }

  @Test("nothing is left of a folder that was not finished")
  func unfinished() throws {
    do {
      var folder = try RunFolder(claiming: place)
      try folder.write("a", [1])
      #expect(names == ["a"])
    }
    #expect(names == nil)
  }

  @Test("an empty folder that was there stays there")
  func existing() throws {
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: place) }
    do {
      var folder = try RunFolder(claiming: place)
      try folder.write("a", [1])
    }
    #expect(names == [])
  }

  @Test("a finished folder stays and cannot be claimed again")
  func finished() throws {
    defer { try? FileManager.default.removeItem(atPath: place) }
    do {
      var folder = try RunFolder(claiming: place)
      try folder.write(RunFolder.summaryName, [1])
      folder.finish()
    }
    #expect(names == [RunFolder.summaryName])
    #expect(throws: DataError.self) { _ = try RunFolder(claiming: place) }
    #expect(names == [RunFolder.summaryName])
  }

  @Test("a folder in use cannot be claimed by another run")
  func inUse() throws {
    let folder = try RunFolder(claiming: place)
    #expect(throws: DataError.self) { _ = try RunFolder(claiming: place) }
    try folder.checkSpace(for: 1, greatestFile: 1)
    #expect(throws: DataError.self) { try folder.checkSpace(for: Int.max / 2, greatestFile: 1) }
  }

  @Test("a name that is taken gets a number, for a run that is still empty too")
  func numbered() throws {
    let first = try RunFolder(claimingFirstFree: place)
    let second = try RunFolder(claimingFirstFree: place)
    let third = try RunFolder(claimingFirstFree: place)
    #expect([first.path, second.path, third.path] == [place, place + "-2", place + "-3"])
  }
}
