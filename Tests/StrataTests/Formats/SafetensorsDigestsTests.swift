import TestSupport
import Testing

@testable import Strata

@Suite struct SafetensorsDigestsTests {
  private let tensors = [
    NamedTensor("a", shape: [2], .floats([1, -0.5])),
    NamedTensor("b", shape: [3], .bytes([1, 2, 3])),
  ]
  private let metadata = ["made by": #""header_sha256":""#]

  private func file() throws -> [UInt8] {
    try Safetensors.encodeWithDigests(tensors, metadata: metadata)
  }

  private func text(_ bytes: [UInt8], replacing old: String, with new: String) throws -> [UInt8] {
    let range = try #require(bytes.firstRange(of: Array(old.utf8)))
    return Array(bytes[..<range.lowerBound]) + Array(new.utf8) + Array(bytes[range.upperBound...])
  }

  @Test("the digests are those of the bytes before and behind the header's end")
  func digests() throws {
    let bytes = try file()
    let dataLength = 11
    var tail = SHA256()
    bytes.suffix(dataLength).withUnsafeBytes { tail.update($0) }
    let header = Array(bytes.dropLast(dataLength))
    let stated = try #require(header.firstRange(of: Array(#""header_sha256":""#.utf8))).upperBound
    let blank = header[..<stated] + [UInt8](repeating: 0x30, count: 64) + header[(stated + 64)...]
    var head = SHA256()
    blank.withUnsafeBytes { head.update($0) }
    let headerText = String(decoding: header.dropFirst(8), as: UTF8.self)
    #expect(headerText.contains(#""tensors_sha256":"\#(tail.hexadecimal())""#))
    #expect(headerText.contains(#""header_sha256":"\#(head.hexadecimal())""#))
  }

  @Test("a file with digests is read, and its metadata is what was written")
  func reading() throws {
    let file = try Safetensors(bytes: try file(), path: "whole")
    #expect(file.hasDigests && file.metadata == metadata)
    #expect(try file.floats(of: #require(file["a"])) == [1, -0.5])
    let without = try Safetensors(
      bytes: Safetensors.encode(tensors, metadata: metadata), path: "without")
    #expect(!without.hasDigests && without.metadata == metadata)
  }

  @Test("no truncation and no flipped bit goes unnoticed")
  func damage() throws {
    let bytes = try file()
    for length in 0..<bytes.count {
      #expect(throws: DataError.self) { try Safetensors(bytes: bytes.prefix(length), path: "cut") }
    }
    for bit in 0..<(8 * bytes.count) {
      var damaged = bytes
      damaged[bit / 8] ^= 1 << (bit % 8)
      #expect(throws: DataError.self) { try Safetensors(bytes: damaged, path: "flipped") }
    }
  }

  @Test("one digest alone, one too short, and a spelling that is not ours are refused with advice")
  func spelling() throws {
    for (old, new) in [
      (#""tensors_sha256":"#, #""tensors_sha512":"#), (#""header_sha256":"#, #""header_sha512":"#),
      (#""header_sha256":"#, #""header_sha25\u0036":"#),
    ] {
      var bytes = try text(file(), replacing: old, with: new)
      bytes[0] += UInt8(new.utf8.count - old.utf8.count)
      let error = dataError { _ = try Safetensors(bytes: bytes, path: "changed") }
      #expect(error?.hint.contains("kept tensors_sha256 and header_sha256") == true)
    }
    let short = #"{"__metadata__":{"header_sha256":"00","tensors_sha256":"00"}}"#
    let bytes = littleEndian(UInt64(short.utf8.count)) + Array(short.utf8)
    #expect(dataError { _ = try Safetensors(bytes: bytes, path: "short") }?.kind == .malformed)
  }
}
