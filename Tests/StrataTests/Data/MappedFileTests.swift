import Foundation
import Strata
import TestSupport
import Testing

@Suite struct MappedFileTests {
  @Test("a mapped file has the file's bytes, also after the file is replaced")
  func bytes() throws {
    let folder = try ScratchFolder()
    let path = try folder.write([1, 2, 3], to: "file")
    let file = try MappedFile(path: path)
    try folder.write([9], to: "other")
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.moveItem(atPath: folder["other"], toPath: path)
    #expect(file.withBytes { Array($0) } == [1, 2, 3])
    #expect(try MappedFile(path: path).withBytes { Array($0) } == [9])
  }

  @Test("a missing file is not found, and the message says so")
  func missing() throws {
    let folder = try ScratchFolder()
    let error = dataError { _ = try MappedFile(path: folder["none"]) }
    #expect(error?.kind == .notFound)
    #expect(error?.description.contains("No such file or directory") == true)
  }

  @Test("an empty file, a folder, a pipe and a device are malformed, and nothing waits")
  func others() throws {
    let folder = try ScratchFolder()
    try folder.write([], to: "empty")
    #expect(mkfifo(folder["pipe"], 0o600) == 0)
    for path in [folder["empty"], folder.path, folder["pipe"], "/dev/null"] {
      #expect(dataError { _ = try MappedFile(path: path) }?.kind == .malformed)
    }
  }

  @Test("a chain of links that ends nowhere is an input error")
  func loop() throws {
    let folder = try ScratchFolder()
    try FileManager.default.createSymbolicLink(
      atPath: folder["a"], withDestinationPath: folder["a"])
    #expect(dataError { _ = try MappedFile(path: folder["a"]) }?.kind == .inputOutput)
  }
}
