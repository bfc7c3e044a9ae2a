import Foundation
import Strata
import TestSupport
import Testing

@Suite struct SafetensorsTests {
  /// Made by Scripts/safetensors_fixture.py with the reference implementation.
  private func fixture() throws -> [UInt8] {
    let url = try #require(
      Bundle.module.url(forResource: "Fixtures/python", withExtension: "safetensors"))
    return Array(try Data(contentsOf: url))
  }

  private let pythonTensors = [
    NamedTensor(
      "layers.0.linear.weight", shape: [2, 3], .floats([-1, -0.75, -0.5, -0.25, 0, 0.25])),
    NamedTensor("layers.0.linear.bias", shape: [2], .floats([0.1, -1e-30])),
    NamedTensor("b.double", shape: [2, 1], .doubles([1 / 3, 1e300])),
    NamedTensor("a.double", shape: [1], .doubles([-0.0])),
    NamedTensor("counts", shape: [3], .integers([.min, .max, 7])),
    NamedTensor("bytes", shape: [3], .bytes([0, 127, 255])),
    NamedTensor("empty", shape: [0, 4], .floats([])),
    NamedTensor("scalar", shape: [], .floats([2.5])),
  ]
  private let pythonMetadata = ["made by": "safetensors \"0.8\" · NumPy\n"]

  /// A file with this header, the length filled in, and so many zeros behind.
  private func file(_ header: String, zeros: Int, length: Int? = nil) -> [UInt8] {
    littleEndian(UInt64(length ?? header.utf8.count)) + Array(header.utf8)
      + [UInt8](repeating: 0, count: zeros)
  }

  @Test("a file of the reference implementation is read")
  func reading() throws {
    let file = try Safetensors(bytes: try fixture(), path: "python.safetensors")
    #expect(file.metadata == pythonMetadata)
    #expect(Set(file.tensors.map(\.name)) == Set(pythonTensors.map(\.name)))
    for expected in pythonTensors {
      let tensor = try #require(file[expected.name])
      #expect(tensor.shape == expected.shape && tensor.type == expected.values.type)
      switch expected.values {
      case .floats(let values): #expect(try file.floats(of: tensor) == values)
      case .doubles(let values): #expect(try file.doubles(of: tensor) == values)
      case .words(let values):
        #expect(try file.integers(of: tensor) == values.map(Int64.init))
      case .integers(let values): #expect(try file.integers(of: tensor) == values)
      case .bytes(let values):
        #expect(try file.integers(of: tensor) == values.map { Int64($0) })
      }
    }
    let wrongType = try #require(file["counts"])
    #expect(dataError { _ = try file.floats(of: wrongType) }?.found == "I64")
  }

  @Test("the same content is written as the same bytes as by the reference implementation")
  func writing() throws {
    #expect(try Safetensors.encode(pythonTensors, metadata: pythonMetadata) == fixture())
    let shuffled = Array(pythonTensors.reversed())
    #expect(try Safetensors.encode(shuffled, metadata: pythonMetadata) == fixture())
  }

  @Test("a name twice, and the name of the metadata, cannot be written")
  func names() {
    let one = NamedTensor("a", shape: [1], .floats([1]))
    #expect(throws: DataError.self) { try Safetensors.encode([one, one], metadata: [:]) }
    let reserved = NamedTensor("__metadata__", shape: [1], .floats([1]))
    #expect(throws: DataError.self) {
      try Safetensors.encode([reserved], metadata: ["a": "b"])
    }
  }

  @Test("a file without tensors or metadata is read")
  func empty() throws {
    let file = try Safetensors(bytes: file("{}      ", zeros: 0), path: "empty")
    #expect(file.tensors.isEmpty && file.metadata.isEmpty)
    #expect(try Safetensors.encode([], metadata: [:]) == self.file("{}      ", zeros: 0))
  }

  @Test(
    "all types are listed with the bytes that they take",
    arguments: zip(
      TensorType.allCases, [8, 4, 6, 6, 8, 8, 8, 8, 8, 16, 16, 16, 16, 32, 32, 32, 64, 64, 64, 64]))
  func types(type: TensorType, bits: Int) throws {
    let header = """
      {"t":{"dtype":"\(type.rawValue)","shape":[2,4],"data_offsets":[0,\(bits)]}}
      """
    let file = try Safetensors(bytes: self.file(header, zeros: bits), path: "types")
    #expect(file.tensors.first?.type == type && file.tensors.first?.count == 8)
    #expect(throws: DataError.self) {
      try Safetensors(bytes: self.file(header, zeros: bits + 1), path: "types")
    }
  }

  @Test(
    "numbers of the real types are shown",
    arguments: [TensorType.bf16, .i8, .u16, .i32, .bool])
  func realNumbers(type: TensorType) throws {
    let bits: [TensorType: ([UInt8], Double)] = [
      .bf16: ([0x20, 0xc0], -2.5), .i8: ([0xfe], -2), .u16: ([0xff, 0xff], 65_535),
      .i32: ([0xff, 0xff, 0xff, 0xff], -1), .bool: ([1], 1),
    ]
    let (bytes, value) = try #require(bits[type])
    let header = """
      {"t":{"dtype":"\(type.rawValue)","shape":[1],"data_offsets":[0,\(bytes.count)]}}
      """
    let file = try Safetensors(bytes: self.file(header, zeros: 0) + bytes, path: "numbers")
    #expect(try file.realNumbers(of: try #require(file["t"])) == [value])
  }

  @Test(
    "a header that does not fit the file is malformed",
    arguments: [
      // Holes, overlaps, and ends before or behind the file's end.
      (#"{"a":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}"#, 3),
      (#"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}"#, 3),
      (#"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}"#, 1),
      (
        #"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"#
          + #""b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}"#, 3
      ),
      (
        #"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"#
          + #""b":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}"#, 2
      ),
      // Sizes that are not those of the shape, or overflow.
      (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,2]}}"#, 2),
      (#"{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}"#, 0),
      (#"{"a":{"dtype":"U8","shape":[9223372036854775807,3],"data_offsets":[0,2]}}"#, 2),
      (#"{"a":{"dtype":"F4","shape":[3],"data_offsets":[0,1]}}"#, 1),
      (#"{"a":{"dtype":"U8","shape":[-2,-1],"data_offsets":[0,2]}}"#, 2),
      (#"{"a":{"dtype":"U8","shape":[1.0],"data_offsets":[0,1]}}"#, 1),
      (#"{"a":{"dtype":"U8","shape":[99999999999999999999],"data_offsets":[0,1]}}"#, 1),
      (#"{"a":{"dtype":"U8","shape":[1],"data_offsets":[1,0]}}"#, 1),
      (#"{"a":{"dtype":"U8","shape":[1],"data_offsets":[-1,0]}}"#, 1),
      (#"{"a":{"dtype":"U8","shape":[1],"data_offsets":[0]}}"#, 1),
      (#"{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,9223372036854775807]}}"#, 1),
      // Members that are missing, unknown, twice, or of another kind.
      (#"{"a":{"dtype":"U9","shape":[1],"data_offsets":[0,1]}}"#, 1),
      (#"{"a":{"dtype":"U8","shape":1,"data_offsets":[0,1]}}"#, 1),
      (#"{"a":{"shape":[1],"data_offsets":[0,1]}}"#, 1),
      (#"{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1],"x":1}}"#, 1),
      (#"{"a":[]}"#, 0), (#"{"__metadata__":{"a":1}}"#, 0), (#"{"__metadata__":"a"}"#, 0),
      (
        #"{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"#
          + #""a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}"#, 1
      ),
      ("[]", 0), (" {}", 0), ("{", 0), ("", 0),
    ])
  func malformed(header: String, zeros: Int) {
    let bytes = file(header, zeros: zeros)
    #expect(dataError { _ = try Safetensors(bytes: bytes, path: "bad") }?.kind == .malformed)
  }

  @Test("a header length beyond the file or the limit is malformed, without a trap")
  func headerLength() {
    for length in [3, 100_000_001, Int.max] {
      let bytes = file("{}", zeros: 0, length: length)
      #expect(dataError { _ = try Safetensors(bytes: bytes, path: "bad") }?.kind == .malformed)
    }
    let all = [UInt8](repeating: 0xff, count: 20)
    for length in 0...20 {
      #expect(throws: DataError.self) {
        try Safetensors(bytes: all.prefix(length), path: "bad")
      }
    }
  }

  @Test("no truncation is taken for a file, and no flipped bit traps")
  func flips() throws {
    let bytes = try fixture()
    for length in 0..<bytes.count {
      #expect(throws: DataError.self) {
        try Safetensors(bytes: bytes.prefix(length), path: "cut")
      }
    }
    for bit in 0..<(8 * bytes.count) {
      var damaged = bytes
      damaged[bit / 8] ^= 1 << (bit % 8)
      guard let file = try? Safetensors(bytes: damaged, path: "flipped") else { continue }
      for tensor in file.tensors { _ = try file.realNumbers(of: tensor) }
    }
  }
}
