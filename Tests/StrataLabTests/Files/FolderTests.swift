import CLibrary
import Foundation
import Strata
import StrataLab
import TestSupport
import Testing

@Suite struct FolderTests {
  @Test("folders are made with those above them")
  func create() throws {
    let scratch = try ScratchFolder()
    try Folder.create(scratch["a/b/c"])
    try Folder.create(scratch["a/b"])
    #expect(FileStatus(path: scratch["a/b/c"]) == .folder)
    try scratch.write([1], to: "file")
    #expect(dataError { try Folder.create(scratch["file/d"]) }?.kind == .inputOutput)
  }

  @Test("a folder takes the place of another, or of none")
  func replace() throws {
    let scratch = try ScratchFolder()
    try scratch.write([1], to: "new/one")
    try Folder.replace(scratch["set"], with: scratch["new"])
    try scratch.write([2], to: "new/two")
    try Folder.replace(scratch["set"], with: scratch["new"])
    #expect(Folder.names(in: scratch["set"]) == ["two"])
    #expect(try scratch.names == ["set"])
  }

  @Test("when the new folder cannot take the name, the old one has it again")
  func failure() throws {
    let scratch = try ScratchFolder()
    try scratch.write([1], to: "set/one")
    try scratch.write([2], to: "new/two")
    // The old folder is moved aside, then the new one to its place.
    let files = FailingFiles(call: 2, .refuses(EIO))
    let error = dataError {
      try Folder.replace(scratch["set"], with: scratch["new"], files: files)
    }
    #expect(error?.kind == .inputOutput)
    #expect(Folder.names(in: scratch["set"]) == ["one"])
  }
}
