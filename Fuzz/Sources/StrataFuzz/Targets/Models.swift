@testable import Strata
@testable import StrataLab

func readJSON(_ bytes: [UInt8]) {
  guard let value = accepted({ try JSONValue(parsing: String(decoding: bytes, as: UTF8.self)) })
  else { return }
  require(accepted { try JSONValue(parsing: value.text) } == value, "the value read again")
  require(accepted { try JSONValue(parsing: value.indentedText) } == value, "and with line breaks")
}

func readSafetensors(_ bytes: [UInt8]) {
  let file = MemoryFile(bytes)
  guard let inspection = accepted({ try Inspection(of: file.path) }) else { return }
  require(!inspection.json.text.isEmpty, "a description")
  for tensor in inspection.file.tensors {
    if let floats = accepted({ try inspection.file.floats(of: tensor) }) {
      require(floats.count == tensor.count, "as many numbers as the shape says")
    }
    _ = accepted { try inspection.file.integers(of: tensor) }
  }
}

/// A file without digests, which would refuse every change.
func readModel(_ bytes: [UInt8]) {
  guard let model = accepted({ try Model(safetensors: bytes, path: "input") }) else { return }
  guard let written = accepted({ try model.safetensors() }) else { fatalError("a sound model") }
  require(accepted { try Model(safetensors: written, path: "written") } == model, "the model again")
}

/// The tensors and the metadata of a checkpoint, which gets its digests here: with others it would
/// not be looked at.
func readCheckpoint(_ bytes: [UInt8]) {
  let whole = accepted {
    let file = try Safetensors(bytes: bytes, path: "input")
    let tensors = try file.tensors.map { tensor in
      NamedTensor(tensor.name, shape: tensor.shape, try values(of: tensor, in: file))
    }
    return try Safetensors.encodeWithDigests(tensors, metadata: file.metadata)
  }
  guard let whole,
    let checkpoint = accepted({ try Checkpoint(safetensors: whole, path: "input") })
  else { return }
  guard let written = accepted({ try checkpoint.safetensors() }) else { fatalError("a checkpoint") }
  // Bytes are compared: a number of the history may be NaN, which is not equal to itself.
  require(
    accepted { try Checkpoint(safetensors: written, path: "written").safetensors() } == written,
    "the checkpoint again")
}

private func values(of tensor: Safetensors.Tensor, in file: Safetensors) throws -> TensorValues {
  switch tensor.type {
  case .f64: .doubles(try file.doubles(of: tensor))
  case .i64: .integers(try file.integers(of: tensor))
  case .u8: .bytes(try file.integers(of: tensor).map { UInt8(truncatingIfNeeded: $0) })
  case .u32: .words(try file.integers(of: tensor).map { UInt32(truncatingIfNeeded: $0) })
  default: .floats(try file.floats(of: tensor))
  }
}

func readWeights(_ bytes: [UInt8]) {
  guard
    let file = accepted({ try Safetensors(bytes: bytes, path: "input") }),
    let architecture = accepted({ try Architecture(inputs: 4, hidden: [3], classes: 2) })
  else { return }
  _ = accepted { try Network(initialWeights: file, architecture: architecture) }
}
