import Foundation
import Glibc
import Strata
import StrataLab
import Synchronization
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

  @Test("a write that takes fewer bytes, or is interrupted, goes on")
  func shortWrites() throws {
    let folder = try ScratchFolder()
    let count = Mutex(0)
    var calls = FileCalls.system
    calls.write = { descriptor, bytes in
      let number = count.withLock { count in
        count += 1
        return count
      }
      if number % 3 == 0 {
        errno = EINTR
        return -1
      }
      return Glibc.write(descriptor, bytes.baseAddress, min(7, bytes.count))
    }
    let bytes = (0..<100).map { UInt8($0) }
    try DurableFile.write(bytes, to: folder["file"], calls: calls)
    #expect(Array(try Data(contentsOf: URL(filePath: folder["file"]))) == bytes)
  }

  @Test(
    "whatever fails, the old file is untouched and nothing is left beside it",
    arguments: ["write", "second write", "synchronize", "close", "rename"], [ENOSPC, EIO])
  func failures(operation: String, number: Int32) throws {
    let folder = try ScratchFolder()
    try folder.write([42], to: "file")
    let error = dataError {
      try DurableFile.write(
        [1, 2, 3], to: folder["file"], calls: failing(operation, number))
    }
    #expect(error?.kind == .inputOutput && error?.path == folder["file"])
    #expect(error?.found.contains("errno \(number)") == true)
    #expect(try folder.names == ["file"])
    #expect(Array(try Data(contentsOf: URL(filePath: folder["file"]))) == [42])
  }

  private func failing(_ operation: String, _ number: Int32) -> FileCalls {
    var calls = FileCalls.system
    let fail: @Sendable () -> Int32 = {
      errno = number
      return -1
    }
    switch operation {
    case "write": calls.write = { _, _ in Int(fail()) }
    case "second write":
      calls.write = { descriptor, bytes in
        bytes.count < 3 ? Int(fail()) : Glibc.write(descriptor, bytes.baseAddress, 1)
      }
    case "synchronize": calls.synchronize = { _ in fail() }
    case "close":
      calls.close = {
        _ = Glibc.close($0)
        return fail()
      }
    default: calls.rename = { _, _ in fail() }
    }
    return calls
  }

  @Test("a folder that cannot be synchronized is an error, one that need not be is not")
  func folderSynchronization() throws {
    let folder = try ScratchFolder()
    for (number, isError) in [(EIO, true), (EINVAL, false)] {
      let count = Mutex(0)
      var calls = FileCalls.system
      calls.synchronize = { _ in
        let isFile = count.withLock { count in
          count += 1
          return count == 1
        }
        if isFile { return 0 }
        errno = number
        return -1
      }
      let result = Result { try DurableFile.write([1], to: folder["file"], calls: calls) }
      #expect(((try? result.get()) == nil) == isError)
    }
  }

  @Test("a full device is an error with the operating system's reason")
  func full() throws {
    let file = try OutputFile(path: "/dev/full", mode: .append)
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
