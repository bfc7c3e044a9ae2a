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

/// A tar archive, which is compressed first, since what is behind a checksum is hard to find.
func readArchive(_ bytes: [UInt8]) {
  let file = MemoryFile(gzip(bytes))
  let unpacker = ArchiveUnpacker(
    folderName: "set",
    members: [
      ArchiveUnpacker.Member("a.bin", sizes: 4...4),
      ArchiveUnpacker.Member("b.txt", sizes: 0...600),
      ArchiveUnpacker.Member("c.html", sizes: 0...600, isWanted: false),
    ])
  let folder = ScratchFolder.path + "/set"
  let isUnpacked = accepted { try unpacker.unpack(file.path, into: folder) } != nil
  require(Folder.names(in: ScratchFolder.path) == (isUnpacked ? ["set"] : []), "nothing beside it")
  require(Folder.names(in: folder) == (isUnpacked ? ["a.bin", "b.txt"] : []), "the members alone")
  Folder.removeFlat(folder)
}

func readDownload(_ bytes: [UInt8]) {
  let lines = String(decoding: bytes, as: UTF8.self)
    .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  guard lines.count == 5, let status = Int(lines[0]), let existing = Int(lines[1]) else { return }
  let fields = ["Content-Encoding": 2, "Content-Length": 3, "Content-Range": 4]
  let answer = accepted {
    try DownloadAnswer(status: status, existing: max(0, existing), address: "input") { name in
      fields[name].map { lines[$0] }.flatMap { $0.isEmpty ? nil : $0 }
    }
  }
  if case .rest(let total?) = answer { require(total >= 0, "a length") }
  if case .whole(let total?) = answer { require(total >= 0, "a length") }
}
