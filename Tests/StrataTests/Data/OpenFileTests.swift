import Foundation
import TestSupport
import Testing

@testable import Strata

@Suite struct OpenFileTests {
  @Test("pieces of a file are read, and one that was truncated is an input error")
  func reading() throws {
    let folder = try ScratchFolder()
    let path = try folder.write([1, 2, 3, 4], to: "file")
    let file = try OpenFile(path: path)
    #expect(file.count == 4)
    #expect(try file.read(1..<3).withBytes { Array($0) } == [2, 3])
    #expect(try file.read(4..<4).bytes.isEmpty)
    #expect(truncate(path, 2) == 0)
    #expect(try file.read(0..<2).withBytes { Array($0) } == [1, 2])
    let error = dataError { _ = try file.read(1..<3) }
    #expect(error?.kind == .inputOutput && error?.found.contains("truncated") == true)
  }

  @Test("a model whose file is made shorter after it was opened is an input error")
  func model() throws {
    let folder = try ScratchFolder()
    let bytes = try Safetensors.encodeWithDigests(
      [NamedTensor("a", shape: [10_000], .floats([Float](repeating: 1, count: 10_000)))],
      metadata: [:])
    let path = try folder.write(bytes, to: "weights")
    let file = try Safetensors(contentsOfFile: path)
    let tensor = try #require(file["a"])
    #expect(try file.floats(of: tensor).count == 10_000)
    #expect(truncate(path, 1000) == 0)
    #expect(dataError { _ = try file.floats(of: tensor) }?.kind == .inputOutput)
  }

  @Test("what does not fit into memory is refused before any is taken")
  func memory() throws {
    let folder = try ScratchFolder()
    let count = 1 << 42
    let header = #"{"a":{"dtype":"F32","shape":[\#(count / 4)],"data_offsets":[0,\#(count)]}}"#
    let start = littleEndian(UInt64(header.utf8.count)) + Array(header.utf8)
    let path = try folder.writeZeros(start.count + count, to: "hole")
    for (offset, byte) in start.enumerated() { try folder.poke(byte, at: offset, of: "hole") }
    let file = try Safetensors(contentsOfFile: path)
    let tensor = try #require(file["a"])
    let error = dataError { _ = try file.floats(of: tensor) }
    #expect(error?.kind == .inputOutput && error?.found == "\(count)")
    #expect(dataError { _ = try file.realNumbers(of: tensor) }?.kind == .inputOutput)
    #expect(dataError { try file.requireMemory() }?.kind == .inputOutput)
  }
}
