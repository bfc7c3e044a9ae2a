import Foundation
import Strata
import StrataLab
import TestSupport
import Testing

@Suite struct ArchiveFetchTests {
  private let archive = tarGzip([
    TarEntry(name: "set/a.bin", content: (0..<300_000).map { UInt8(truncatingIfNeeded: $0 / 3) })
  ])

  private func fetch(
    _ server: TestServer, into folder: String, digest: String? = nil, length: Int? = nil,
    patience: Duration = .seconds(5)
  ) throws -> ArchiveFetch {
    let block = ByteBlock(archive)
    let digest = digest ?? block.withBytes { SHA256.hexadecimal(of: $0) }
    let unpacker = ArchiveUnpacker(
      folderName: "set", members: [ArchiveUnpacker.Member("a.bin", sizes: 300_000...300_000)])
    var fetch = try ArchiveFetch(
      url: server.url, digest: digest, length: length, folder: folder, unpacker: unpacker
    ) { FileStatus(path: $0 + "/a.bin") == .file(bytes: 300_000) }
    fetch.patience = patience
    fetch.pause = 0
    return fetch
  }

  /// Fetches, and checks that the data set, and nothing else, is there.
  private func expectFetched(
    _ server: TestServer, scratch: ScratchFolder, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let outcome = try fetch(server, into: scratch["data"]).run { _ in }
    #expect(outcome == .fetched, sourceLocation: sourceLocation)
    #expect(Folder.names(in: scratch["data"]) == ["set"], sourceLocation: sourceLocation)
    #expect(
      FileStatus(path: scratch["data/set/a.bin"]) == .file(bytes: 300_000),
      sourceLocation: sourceLocation)
  }

  @Test("an archive is downloaded, checked and unpacked; a second call downloads nothing")
  func fetch() throws {
    let server = try TestServer(archive, [.serve])
    let scratch = try ScratchFolder()
    var last: DownloadProgress?
    let fetch = try fetch(server, into: scratch["data"], length: archive.count)
    #expect(try fetch.run { last = $0 } == .fetched)
    #expect(last == DownloadProgress(received: archive.count, total: archive.count))
    #expect(Folder.names(in: scratch["data"]) == ["set"])
    #expect(try fetch.run { _ in } == .alreadyThere)
    #expect(server.ranges == [nil])
  }

  @Test("a connection that breaks off is continued where it ended")
  func brokenOff() throws {
    let server = try TestServer(archive, [.breakOff(after: 100_000), .breakOff(after: 50), .serve])
    try expectFetched(server, scratch: ScratchFolder())
    #expect(server.ranges == [nil, "bytes=100000-", "bytes=100050-"])
  }

  @Test("a later call continues what an earlier one left")
  func continued() throws {
    let server = try TestServer(archive, [.serve])
    let scratch = try ScratchFolder()
    try scratch.write(Array(archive.prefix(1234)), to: "data/archive.tar.gz.part")
    try expectFetched(server, scratch: scratch)
    #expect(server.ranges == ["bytes=1234-"])
  }

  @Test("a server that ignores ranges starts the file over")
  func ignoredRange() throws {
    let server = try TestServer(archive, [.breakOff(after: 5000), .ignoreRange])
    try expectFetched(server, scratch: ScratchFolder())
    #expect(server.ranges == [nil, "bytes=5000-", nil])
  }

  @Test("a file that was whole already is not downloaded again")
  func wholeAlready() throws {
    let server = try TestServer(archive, [.serve])
    let scratch = try ScratchFolder()
    try scratch.write(archive, to: "data/archive.tar.gz.part")
    try expectFetched(server, scratch: scratch)
  }

  @Test("bytes of another file are given up for a new start", arguments: [1000, 900_000])
  func otherFile(count: Int) throws {
    let server = try TestServer(archive, [.serve])
    let scratch = try ScratchFolder()
    try scratch.write([UInt8](repeating: 7, count: count), to: "data/archive.tar.gz.part")
    try expectFetched(server, scratch: scratch)
    #expect(server.ranges == ["bytes=\(count)-", nil])
  }

  @Test("a server that does not say how long the file is, is believed if the sum is right")
  func withoutLength() throws {
    try expectFetched(TestServer(archive, [.withoutLength]), scratch: ScratchFolder())
  }

  @Test("an archive is not unpacked on the way, whatever the server calls it")
  func calledCompressed() throws {
    try expectFetched(TestServer(archive, [.calledCompressed]), scratch: ScratchFolder())
  }

  @Test("more bytes than the archive has are refused")
  func tooLong() throws {
    for answer in [TestServer.Answer.serve, .withoutLength] {
      let server = try TestServer(archive, [answer])
      let fetch = try fetch(server, into: ScratchFolder()["data"], length: archive.count - 1)
      let error = dataError { _ = try fetch.run { _ in } }
      #expect(error?.expected == "at most \(archive.count - 1) bytes")
    }
  }

  @Test("a server may lead to another address, but to no file")
  func redirected() throws {
    let other = try TestServer(archive, [.serve])
    try expectFetched(TestServer(archive, [.redirect(to: other.url)]), scratch: ScratchFolder())
    #expect(other.ranges == [nil])
    let scratch = try ScratchFolder()
    let file = URL(filePath: try scratch.write(archive, to: "archive.tar.gz")).absoluteString
    let server = try TestServer(archive, [.redirect(to: file)])
    let error = dataError { _ = try fetch(server, into: scratch["data"]).run { _ in } }
    #expect(error?.found.contains("file") == true && error?.found.contains("after 0 bytes") == true)
    #expect(Folder.names(in: scratch["data"]).isEmpty)
  }

  @Test("a server that stops sending is given up, and the download continued")
  func stalled() throws {
    let server = try TestServer(archive, [.stall(after: 2000), .serve])
    let scratch = try ScratchFolder()
    let fetch = try fetch(server, into: scratch["data"], patience: .seconds(1))
    #expect(try fetch.run { _ in } == .fetched)
    #expect(server.ranges == [nil, "bytes=2000-"])
  }

  @Test("a damaged data set is replaced, unless something else would be lost")
  func replaced() throws {
    let server = try TestServer(archive, [.serve])
    let scratch = try ScratchFolder()
    try scratch.write([1], to: "data/set/a.bin")
    try expectFetched(server, scratch: scratch)
    try scratch.write([1], to: "data/set/a.bin")
    try scratch.write([2], to: "data/set/thesis.txt")
    let error = dataError { _ = try fetch(server, into: scratch["data"]).run { _ in } }
    #expect(error?.kind == .inputOutput && error?.found == "thesis.txt")
    #expect(Folder.names(in: scratch["data/set"]) == ["a.bin", "thesis.txt"])
  }

  @Test("a wrong sum is malformed, and nothing is left")
  func wrongSum() throws {
    let server = try TestServer(archive, [.serve])
    let scratch = try ScratchFolder()
    let fetch = try fetch(
      server, into: scratch["data"], digest: String(repeating: "0", count: 64))
    let error = dataError { _ = try fetch.run { _ in } }
    #expect(error?.kind == .malformed)
    #expect(error?.expected.contains(String(repeating: "0", count: 64)) == true)
    #expect(Folder.names(in: scratch["data"]).isEmpty)
  }

  @Test("a sum of 32 digits is an MD5: that of “abc” is RFC 1321's")
  func md5() throws {
    let server = try TestServer(Array("abc".utf8), [.serve])
    let scratch = try ScratchFolder()
    let fetch = try fetch(
      server, into: scratch["data"], digest: String(repeating: "0", count: 32))
    let error = dataError { _ = try fetch.run { _ in } }
    #expect(error?.found == "900150983cd24fb0d6963f7d28e17f72")
    #expect(Folder.names(in: scratch["data"]).isEmpty)
  }

  @Test("an archive with a wrong content is malformed, and nothing is left")
  func wrongContent() throws {
    let hostile = tarGzip([TarEntry(name: "../evil", content: [1])])
    let server = try TestServer(hostile, [.serve])
    let scratch = try ScratchFolder()
    let digest = ByteBlock(hostile).withBytes { SHA256.hexadecimal(of: $0) }
    let fetch = try fetch(server, into: scratch["data"], digest: digest)
    #expect(dataError { _ = try fetch.run { _ in } }?.kind == .malformed)
    #expect(Folder.names(in: scratch["data"]).isEmpty)
    #expect(try scratch.names == ["data"])
  }

  @Test(
    "a refusal is an error that says what to do by hand",
    arguments: [(404, DataError.Kind.notFound), (403, .inputOutput), (503, .inputOutput)])
  func status(code: Int, kind: DataError.Kind) throws {
    let server = try TestServer(archive, [.status(code)])
    let scratch = try ScratchFolder()
    let fetch = try fetch(server, into: scratch["data"])
    let error = dataError { _ = try fetch.run { _ in } }
    #expect(error?.kind == kind && error?.found == "HTTP status \(code)")
    #expect(error?.hint.contains("unpack it as \(scratch["data/set"])") == true)
    #expect(Folder.names(in: scratch["data"]).isEmpty)
  }

  @Test("without a server there is an input error, and nothing is left")
  func noServer() throws {
    let scratch = try ScratchFolder()
    let fetch = try fetch(try TestServer(archive, [.serve]), into: scratch["data"])
    // The server is gone with its last reference.
    let error = dataError { _ = try fetch.run { _ in } }
    #expect(error?.kind == .inputOutput && error?.path.hasPrefix("http://127.0.0.1") == true)
    #expect(Folder.names(in: scratch["data"]).isEmpty)
  }

  @Test("a server that always breaks off is given up, and what came stays to be continued")
  func alwaysBroken() throws {
    let server = try TestServer(archive, [.breakOff(after: 1000), .breakOff(after: 0)])
    let scratch = try ScratchFolder()
    let error = dataError { _ = try fetch(server, into: scratch["data"]).run { _ in } }
    #expect(error?.kind == .inputOutput)
    #expect(FileStatus(path: scratch["data/archive.tar.gz.part"]) == .file(bytes: 1000))
  }

  @Test("part of the file that was not asked for is not taken for the rest of it")
  func wrongRange() throws {
    let server = try TestServer(archive, [.breakOff(after: 1000), .wrongRange, .serve])
    try expectFetched(server, scratch: ScratchFolder())
    #expect(server.ranges == [nil, "bytes=1000-", nil])
  }

  @Test("two calls at once do not write one file")
  func locked() throws {
    let server = try TestServer(archive, [.serve])
    let scratch = try ScratchFolder()
    try Folder.create(scratch["data"])
    let other = try OutputFile(path: scratch["data/archive.tar.gz.part"], .append)
    #expect(other.lock())
    let error = dataError { _ = try fetch(server, into: scratch["data"]).run { _ in } }
    #expect(error?.hint == "wait for it")
  }

  @Test("an address or sum that cannot be one is a wrong setting")
  func settings() {
    for url in ["", "file:///etc/passwd", "www.cs.toronto.edu", "ftp://host/x", "http://"] {
      #expect(throws: ConfigurationError.self) { try ArchiveFetch.cifar10(url: url, folder: "x") }
    }
    for digest in ["", "123", String(repeating: "g", count: 64), String(repeating: "é", count: 32)]
    {
      #expect(throws: ConfigurationError.self) {
        try ArchiveFetch.cifar10(digest: digest, folder: "x")
      }
    }
  }
}
