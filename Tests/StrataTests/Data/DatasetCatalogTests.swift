import Foundation
import TestSupport
import Testing

@testable import Strata

@Suite struct DatasetCatalogTests {
  private func catalog(_ folders: [String], system: String = "/nowhere") -> DatasetCatalog {
    DatasetCatalog(folders: folders, systemFolder: system)
  }

  @Test("folders are searched in the order: asked for, variable, data, cache")
  func order() {
    let environment = ["STRATA_DATA": "/s", "XDG_CACHE_HOME": "/c", "HOME": "/h"]
    #expect(
      DatasetCatalog(dataDirectory: "/d", environment: environment).folders
        == ["/d", "/s", "data", "/c/strata"])
    #expect(DatasetCatalog(environment: ["HOME": "/h"]).folders == ["data", "/h/.cache/strata"])
    #expect(DatasetCatalog(environment: [:]).folders == ["data"])
    #expect(DatasetCatalog.cacheFolder(environment: ["HOME": "relative"]) == nil)
    #expect(DatasetCatalog(environment: ["STRATA_DATA": "", "HOME": ""]).folders == ["data"])
    // The specification says to ignore a relative XDG_CACHE_HOME.
    #expect(
      DatasetCatalog.cacheFolder(environment: ["XDG_CACHE_HOME": "c", "HOME": "/h"])
        == "/h/.cache/strata")
  }

  @Test("without a name, the first of cifar10, fashion-mnist and shapes is taken")
  func first() throws {
    let one = try ScratchFolder()
    let two = try ScratchFolder()
    let system = try ScratchFolder()
    let catalog = catalog([one.path, two.path], system: system.path)
    #expect(try catalog.locate() == .shapes)
    try system.write([], to: "fashion-mnist/x")
    #expect(try catalog.locate() == .idx(folder: system["fashion-mnist"]))
    try two.write([], to: "cifar-10-batches-bin/x")
    #expect(try catalog.locate() == .cifar10(folder: two["cifar-10-batches-bin"]))
    try one.write([], to: "fashion-mnist/x")
    try one.write([], to: "cifar-10-batches-bin/x")
    #expect(try catalog.locate() == .cifar10(folder: one["cifar-10-batches-bin"]))
    #expect(try catalog.locate("fashion-mnist") == .idx(folder: one["fashion-mnist"]))
    #expect(try catalog.locate("shapes") == .shapes)
  }

  @Test("a path may be a CIFAR-10 folder, one that contains it, or an IDX folder")
  func paths() throws {
    let folder = try ScratchFolder()
    try folder.write([], to: "a/data_batch_2.bin")
    try folder.write([], to: "b/cifar-10-batches-bin/test_batch.bin")
    try folder.write([], to: "c/t10k-labels-idx1-ubyte.gz")
    let catalog = catalog([])
    #expect(try catalog.locate(folder["a"]) == .cifar10(folder: folder["a"]))
    #expect(try catalog.locate(folder["b"]).folder == folder["b"] + "/cifar-10-batches-bin")
    #expect(try catalog.locate(folder["c"]) == .idx(folder: folder["c"]))
    #expect(try catalog.locate(folder["c"] + "/").name == "c")
  }

  @Test("a name that is nowhere is not found, and the message says where to put it")
  func nowhere() {
    let catalog = catalog(["/one", "/two"])
    let cifar = dataError { _ = try catalog.locate("cifar10") }
    #expect(cifar?.kind == .notFound)
    for part in ["/one, /two", "strata data fetch cifar10", "cifar-10-binary.tar.gz"] {
      #expect(cifar?.description.contains(part) == true)
    }
    let fashion = dataError { _ = try catalog.locate("fashion-mnist") }
    #expect(fashion?.description.contains("dataset-fashion-mnist") == true)
    #expect(fashion?.description.contains("/two/fashion-mnist") == true)
  }

  @Test("other paths and names are refused")
  func refused() throws {
    let folder = try ScratchFolder()
    let file = try folder.write([1], to: "file")
    let catalog = catalog([])
    #expect(dataError { _ = try catalog.locate("cifar100") }?.kind == .notFound)
    #expect(
      dataError { _ = try catalog.locate("cifr10") }?.hint == "the nearest name is cifar10")
    #expect(dataError { _ = try catalog.locate(folder["none"]) }?.kind == .notFound)
    #expect(dataError { _ = try catalog.locate(folder.path) }?.kind == .notFound)
    #expect(dataError { _ = try catalog.locate(file) }?.kind == .malformed)
  }

  @Test("a folder that was asked for must be there")
  func requested() {
    let catalog = DatasetCatalog(dataDirectory: "/nowhere/at/all", environment: [:])
    #expect(dataError { _ = try catalog.locate("shapes") }?.path == "/nowhere/at/all")
  }
}
