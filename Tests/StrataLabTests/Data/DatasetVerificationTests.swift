import Foundation
import Strata
import StrataLab
import TestSupport
import Testing

@Suite struct DatasetVerificationTests {
  @Test("the images that the program makes are those it should make")
  func shapes() {
    #expect(DatasetVerification(.shapes).findings.map(\.verdict) == [.ok])
  }

  @Test("the official images of CIFAR-10 are known as such")
  func officialPair() throws {
    var recipe = Recipe()
    recipe.data = "cifar10"
    guard let data = try? RunData(recipe) else {
      print("skipped: no CIFAR-10")
      return
    }
    #expect(data.isOfficial == true)
  }

  @Test("wrong sizes and wrong bytes are bad, and missing files missing")
  func cifar() throws {
    let folder = try ScratchFolder()
    try folder.writeZeros(30_730_000, to: "data_batch_1.bin")
    try folder.writeZeros(30_730_001, to: "data_batch_2.bin")
    try folder.write(Array("a\n".utf8), to: "batches.meta.txt")
    let verification = DatasetVerification(.cifar10(folder: folder.path))
    #expect(
      verification.findings.map(\.verdict) == [
        .bad, .bad, .missing, .missing, .missing, .missing, .bad,
      ])
    #expect(verification.findings[1].detail == "expected 30730000 bytes, found 30730001")
    #expect(verification.has(.missing) && verification.has(.bad) && !verification.has(.ok))
  }

  @Test("files of an unknown IDX data set are readable, and damaged ones bad")
  func idx() throws {
    let folder = try ScratchFolder()
    try folder.write([0, 0, 8, 1, 0, 0, 0, 2, 3, 4], to: "train-labels-idx1-ubyte")
    try folder.write(gzipStored([0, 0, 8, 1, 0, 0, 0, 3, 3, 4]), to: "t10k-labels-idx1-ubyte.gz")
    let findings = DatasetVerification(.idx(folder: folder.path)).findings
    #expect(findings.map(\.verdict) == [.missing, .readable, .missing, .bad])
  }

  @Test("Fashion-MNIST's elements are compared with the official ones")
  func fashion() throws {
    let scratch = try ScratchFolder()
    try scratch.write([0, 0, 8, 1, 0, 0, 0, 2, 3, 4], to: "fashion/train-labels-idx1-ubyte")
    let findings = DatasetVerification(.idx(folder: scratch["fashion"])).findings
    #expect(findings[1].verdict == .bad)
    guard FileStatus(path: "/usr/share/datasets/fashion-mnist") == .folder else {
      print("skipped: no Fashion-MNIST")
      return
    }
    let official = DatasetVerification(.idx(folder: "/usr/share/datasets/fashion-mnist"))
    #expect(official.findings.allSatisfy { $0.verdict == .ok })
  }

  @Test("the official CIFAR-10 is found to be whole")
  func official() throws {
    let places = [ProcessInfo.processInfo.environment["STRATA_DATA"]].compactMap(\.self)
    guard case .cifar10(let folder) = DatasetCatalog(folders: places).find(.cifar10) else {
      print("skipped: no CIFAR-10")
      return
    }
    let findings = DatasetVerification(.cifar10(folder: folder)).findings
    #expect(findings.count == 7 && findings.allSatisfy { $0.verdict == .ok })
  }
}
