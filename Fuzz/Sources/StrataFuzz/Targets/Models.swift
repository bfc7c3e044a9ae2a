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
  guard let inspection = accepted({ try Inspection(contentsOfFile: file.path) }) else { return }
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

func readWeights(_ bytes: [UInt8]) {
  guard
    let file = accepted({ try Safetensors(bytes: bytes, path: "input") }),
    let architecture = accepted({ try Architecture(inputs: 4, hidden: [3], classes: 2) })
  else { return }
  _ = accepted { try Network(initialWeights: file, architecture: architecture) }
}
