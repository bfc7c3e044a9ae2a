import Foundation
import Strata
import StrataLab
import TestSupport
import Testing

@Suite struct ArchiveUnpackerTests {
  private let unpacker = ArchiveUnpacker(
    folderName: "set",
    members: [
      ArchiveUnpacker.Member("a.bin", sizes: 700...700),
      ArchiveUnpacker.Member("names.txt", sizes: 1...10),
      ArchiveUnpacker.Member("readme.html", sizes: 0...100, isWanted: false),
    ])
  private let images = (0..<700).map { UInt8(truncatingIfNeeded: $0 * 7) }
  private var good: [TarEntry] {
    [
      TarEntry(name: "set/", type: "5"), TarEntry(name: "set/readme.html", content: [60, 62]),
      TarEntry(name: "set/a.bin", content: images),
      TarEntry(name: "set/names.txt", content: [97, 10]),
    ]
  }

  private func unpack(_ archive: [UInt8]) throws -> (scratch: ScratchFolder, error: DataError?) {
    let scratch = try ScratchFolder()
    let path = try scratch.write(archive, to: "archive.tar.gz")
    do {
      try unpacker.unpack(path, into: scratch["out"])
      return (scratch, nil)
    } catch let error as DataError {
      return (scratch, error)
    }
  }

  @Test("the wanted members are written, and no others")
  func unpacked() throws {
    let (scratch, error) = try unpack(tarGzip(good))
    #expect(error == nil)
    #expect(Folder.names(in: scratch["out"]) == ["a.bin", "names.txt"])
    #expect(Array(try Data(contentsOf: URL(filePath: scratch["out/a.bin"]))) == images)
  }

  @Test("pax headers with times, and a name split in two, are read over")
  func pax() throws {
    let time = TarEntry(name: "x", content: Array("20 mtime=1234567.89\n".utf8), type: "x")
    var split = good[2]
    split.name = "a.bin"
    split.prefix = "set"
    let (_, error) = try unpack(tarGzip([time, good[3], time, split]))
    #expect(error == nil)
  }

  @Test("an archive that goes on far behind what may be in it is given up")
  func tooLong() throws {
    let time = TarEntry(name: "x", content: Array("20 mtime=1234567.89\n".utf8), type: "x")
    let (scratch, error) = try unpack(tarGzip(Array(repeating: time, count: 100) + good))
    #expect(error?.expected.hasSuffix("bytes unpacked") == true)
    #expect(try scratch.names == ["archive.tar.gz"])
  }

  /// Entries that must not be written, each beside good ones.
  private static let hostile: [TarEntry] = [
    TarEntry(name: "../evil", content: [1]), TarEntry(name: "/tmp/evil", content: [1]),
    TarEntry(name: "set/../../evil", content: [1]), TarEntry(name: "set/evil", content: [1]),
    TarEntry(name: "other/a.bin", content: [UInt8](repeating: 0, count: 700)),
    TarEntry(name: "./set/a.bin", content: [UInt8](repeating: 0, count: 700)),
    TarEntry(name: "set/names.txt", type: "2", link: "/etc/passwd"),
    TarEntry(name: "set/names.txt", type: "1", link: "/etc/passwd"),
    TarEntry(name: "set/", type: "2", link: "/tmp"), TarEntry(name: "set/names.txt", type: "5"),
    TarEntry(name: "set/names.txt", type: "3"), TarEntry(name: "set/names.txt"),
    TarEntry(name: "set/names.txt", content: [UInt8](repeating: 0, count: 11)),
    TarEntry(name: "set/a.bin", content: [UInt8](repeating: 0, count: 699)),
    TarEntry(name: "set/a.bin", content: [UInt8](repeating: 0, count: 701)),
    TarEntry(name: "set/names.txt", content: [1], statedSize: 8_589_934_591),
  ]

  @Test("an entry that is not expected ends it, and nothing is left", arguments: 0..<hostile.count)
  func refused(index: Int) throws {
    for entries in [[Self.hostile[index]] + good, good + [Self.hostile[index]]] {
      let (scratch, error) = try unpack(tarGzip(entries))
      #expect(error?.kind == .malformed)
      #expect(try scratch.names == ["archive.tar.gz"])
    }
  }

  @Test(
    "a header that gives the next entry another name or size ends it, and nothing is left",
    arguments: [
      TarEntry(name: "x", content: Array("13 path=evil\n".utf8), type: "x"),
      TarEntry(name: "x", content: Array("13 size=9999\n".utf8), type: "g"),
      TarEntry(name: "././@LongLink", content: Array("../evil\0".utf8), type: "L"),
    ].map { [$0] })
  func renamed(header: [TarEntry]) throws {
    for place in 0..<good.count {
      let (scratch, error) = try unpack(tarGzip(good[..<place] + header + good[place...]))
      #expect(error?.kind == .malformed, "before entry \(place)")
      #expect(try scratch.names == ["archive.tar.gz"])
    }
  }

  @Test("a member twice, or missing, is malformed")
  func counts() throws {
    #expect(try unpack(tarGzip(good + [good[2]])).error?.kind == .malformed)
    let missing = try unpack(tarGzip([good[0], good[1], good[2]])).error
    #expect(missing?.kind == .malformed && missing?.expected.contains("names.txt") == true)
  }

  @Test("an archive that is cut off anywhere is malformed, and nothing is left")
  func cutOff() throws {
    let archive = tarGzip(good)
    for length in stride(from: 0, to: archive.count, by: 37) {
      let (scratch, error) = try unpack(Array(archive.prefix(length)))
      #expect(error?.kind == .malformed)
      #expect(try scratch.names == ["archive.tar.gz"])
    }
    // Whole as gzip, but not as tar.
    let (_, error) = try unpack(gzipStored(Array(good.flatMap(\.bytes).dropLast(600))))
    #expect(error?.kind == .malformed)
  }

  @Test("very many zeros behind the end are malformed")
  func behind() throws {
    let whole = good.flatMap(\.bytes) + [UInt8](repeating: 0, count: 1024)
    let zeros = [UInt8](repeating: 0, count: 3 << 20)
    #expect(try unpack(gzipStored(whole + zeros)).error?.kind == .malformed)
    #expect(try unpack(gzipStored(whole + zeros.prefix(9000))).error == nil)
  }

  @Test("a wrong header checksum, size field or file is malformed")
  func headers() throws {
    var bytes = good.flatMap(\.bytes)
    bytes[140] ^= 1  // a digit of the first entry's time, which nothing else looks at
    #expect(try unpack(gzipStored(bytes)).error?.kind == .malformed)
    #expect(try unpack(Array("no archive".utf8)).error?.kind == .malformed)
    let text = [UInt8](repeating: 65, count: 2048)
    #expect(try unpack(gzipStored(text)).error?.kind == .malformed)
  }

  @Test("a full disk is an output error, and nothing is left")
  func full() throws {
    let scratch = try ScratchFolder()
    let path = try scratch.write(tarGzip(good), to: "archive.tar.gz")
    let files = FailingFiles(call: 2, .refuses(ENOSPC))
    let error = dataError { try unpacker.unpack(path, into: scratch["out"], files: files) }
    #expect(error?.kind == .inputOutput)
    #expect(try scratch.names == ["archive.tar.gz"])
  }
}
