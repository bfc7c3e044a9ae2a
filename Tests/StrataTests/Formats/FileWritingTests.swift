import Foundation
import TestSupport
import Testing

@testable import Strata

/// Files that the library writes, by path and by URL, and what Foundation says of its errors.
@Suite struct FileWritingTests {
  @Test("a model is written in place of the old file, by path and by URL, and nothing else is left")
  func model() throws {
    let folder = try ScratchFolder()
    let model = try SampleModel.model(.columns(["a", "b"]), hidden: [3], classes: 2, .before)
    try Data("old".utf8).write(to: URL(filePath: folder["m 1.safetensors"]))
    try model.write(toFile: folder["m 1.safetensors"])
    #expect(try Model(contentsOfFile: folder["m 1.safetensors"]) == model)
    let url = URL(filePath: folder["m 1.safetensors"])
    #expect(try Model(contentsOf: url) == model)
    var other = model
    other.dataName = "other"
    try other.write(to: url)
    #expect(try Model(contentsOf: url) == other)
    #expect(Folder.names(in: folder.path) == ["m 1.safetensors"])
  }

  @Test("a checkpoint is written and read, by path and by URL")
  func checkpoint() throws {
    let folder = try ScratchFolder()
    let trainer = try Trainer(ToyData.configuration(steps: 3), data: ToyData.split(), threads: 1)
    try trainer.run { _ in }
    let checkpoint = trainer.checkpoint(
      origin: Checkpoint.Origin(dataName: "toy", kernel: trainer.kernelName))
    try checkpoint.write(toFile: folder["a"])
    try checkpoint.write(to: URL(filePath: folder["b"]))
    #expect(try Checkpoint(contentsOf: URL(filePath: folder["a"])) == checkpoint)
    #expect(try Checkpoint(contentsOfFile: folder["b"]) == checkpoint)
  }

  @Test("what cannot be written is said, and the old file stays")
  func failures() throws {
    let folder = try ScratchFolder()
    let path = folder["m.safetensors"]
    var model = try SampleModel.model(.numberedColumns(2), hidden: [3], classes: 2, .before)
    try model.write(toFile: path)
    let written = try Data(contentsOf: URL(filePath: path))
    model.classNames = ["one"]
    #expect(dataError { try model.write(toFile: path) }?.expected == "2 class names")
    #expect(try Data(contentsOf: URL(filePath: path)) == written)
    model.classNames = ["a", "b"]
    #expect(dataError { try model.write(toFile: folder["none/m"]) }?.kind == .inputOutput)
    let web = try #require(URL(string: "https://example.org/m.safetensors"))
    #expect(
      dataError { try model.write(to: web) }?.description
        == "https://example.org/m.safetensors: expected the URL of a file, found another URL.")
    #expect(dataError { _ = try Model(contentsOf: web) }?.kind == .notFound)
  }

  @Test("Foundation shows errors as their sentences")
  func localizedDescriptions() {
    let errors: [any Error & CustomStringConvertible] = [
      ConfigurationError(setting: "a", expected: "b", found: "c"),
      DataError(.malformed, path: "p", expected: "b", found: "c", hint: "d"),
      DivergenceError(step: 3, layer: 1, tensor: "output"),
    ]
    for error in errors { #expect(error.localizedDescription == error.description) }
  }
}
