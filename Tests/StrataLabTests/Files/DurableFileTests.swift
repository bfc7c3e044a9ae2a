import CLibrary
import Foundation
import Strata
import StrataLab
import TestSupport
import Testing

@Suite struct DurableFileTests {
  @Test("a file is written, and replaced, with nothing beside it")
  func write() throws {
    let folder = try ScratchFolder()
    try DurableFile.write([1, 2, 3], to: folder["file"])
    try DurableFile.write("text", to: folder["file"])
    #expect(try String(contentsOfFile: folder["file"], encoding: .utf8) == "text")
    try DurableFile.write([], to: folder["empty"])
    #expect(try folder.names == ["empty", "file"])
  }

  @Test(
    "whatever call fails, the old file is untouched or the new one is there, and nothing beside it",
    arguments: [.refuses(ENOSPC), .refuses(EIO), .writesHalf] as [FailingFiles.Fault])
  func failures(fault: FailingFiles.Fault) throws {
    for call in 1... {
      let folder = try ScratchFolder()
      try folder.write([42], to: "file")
      let files = FailingFiles(call: call, fault)
      var error: (any Error)?
      do {
        try DurableFile.write([1, 2, 3], to: folder["file"], files: files)
      } catch let caught { error = caught }
      let content = Array(try Data(contentsOf: URL(filePath: folder["file"])))
      #expect(content == [1, 2, 3] || error != nil && content == [42])
      #expect(try folder.names == ["file"])
      guard files.hasFailed else {
        #expect(call > 5 && error == nil)
        break
      }
      // The folder's own file is closed at the end, which nothing depends on.
      if case .refuses(let number) = fault, let error = error as? DataError {
        #expect(error.kind == .inputOutput && error.found.contains("errno \(number)"))
        #expect(error.path == folder["file"] || error.path == folder.path)
      } else {
        #expect(error == nil)
      }
    }
  }

  @Test("a write that is interrupted goes on")
  func interrupted() throws {
    let folder = try ScratchFolder()
    let files = FailingFiles(call: 2, .refuses(EINTR))
    try DurableFile.write([1, 2, 3], to: folder["file"], files: files)
    #expect(files.hasFailed)
    #expect(Array(try Data(contentsOf: URL(filePath: folder["file"]))) == [1, 2, 3])
  }

  @Test("a folder that need not be synchronized is no error")
  func folderSynchronization() throws {
    let folder = try ScratchFolder()
    // Open, write, synchronize, close, rename, open the folder, synchronize it.
    let files = FailingFiles(call: 7, .refuses(EINVAL))
    try DurableFile.write([1], to: folder["file"], files: files)
    #expect(files.hasFailed)
  }

  @Test("a full device is an error with the operating system's reason")
  func full() throws {
    let file = try OutputFile(path: "/dev/full", .append)
    let error = dataError { try [UInt8](repeating: 0, count: 9).withUnsafeBytes(file.write) }
    #expect(error?.kind == .inputOutput)
    #expect(error?.description.contains("No space left on device") == true)
  }

  @Test("a folder that is not there, or a folder in the way, is an output error")
  func places() throws {
    let folder = try ScratchFolder()
    #expect(
      dataError { try DurableFile.write([1], to: folder["none/file"]) }?.kind == .inputOutput)
    #expect(dataError { try DurableFile.write([1], to: folder.path) }?.kind == .inputOutput)
    try folder.write([1], to: "plain")
    #expect(
      dataError { try DurableFile.write([1], to: folder["plain/file"]) }?.kind == .inputOutput)
    #expect(try folder.names == ["plain"])
  }

  @Test(
    "the folder of a path is what stands before its last slash",
    arguments: [("a/b", "a"), ("/a", "/"), ("a", "."), ("/a/b/c", "/a/b")])
  func folders(path: String, folder: String) {
    #expect(DurableFile.folder(of: path) == folder)
  }
}
