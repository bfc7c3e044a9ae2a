import Glibc

@testable import Strata
@testable import StrataLab

/// A folder of CIFAR-10 with the class names up to the first zero, and the first file's beginning
/// behind it.
func readCIFAR(_ bytes: [UInt8]) {
  let parts = bytes.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
  ScratchFolder.write(Array(parts[0]), to: CIFAR10.classNamesFile)
  let records = parts.count > 1 ? Array(parts[1]) : []
  let length = records.last == 1 ? nil : CIFAR10.fileLength
  ScratchFolder.write(records, to: CIFAR10.trainingFiles[0], length: length)
  require(
    accepted { try CIFAR10.load(folder: ScratchFolder.path) } == nil, "no data set of one file")
  if let names = accepted({ try CIFAR10.readClassNames(folder: ScratchFolder.path) }) {
    require(names.count == 10, "ten class names")
  }
}

func readIDX(_ bytes: [UInt8]) {
  let file = MemoryFile(bytes)
  for rank in [1, 3] {
    guard let idx = accepted({ try IDXFile(path: file.path, rank: rank) }) else { continue }
    let sum = idx.withElements { $0.reduce(0) { $0 &+ Int($1) } }
    require(sum <= 255 * idx.dimensions.reduce(1, *), "as many elements as the sizes say")
  }
}

func readGzip(_ bytes: [UInt8]) {
  guard let reader = accepted({ try GzipReader(source: ByteBlock(bytes), path: "input") }) else {
    return
  }
  var buffer = [UInt8](repeating: 0, count: 1 << 12)
  var total = 0
  while let count = accepted({ try buffer.withUnsafeMutableBytes { try reader.read(into: $0) } }) {
    total += count
    if count < buffer.count { break }
  }
  require(total <= GzipReader.greatestExpansion * bytes.count, "DEFLATE's greatest expansion")
}
