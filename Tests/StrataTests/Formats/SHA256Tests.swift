import CStrataKernels
import Testing

@testable import Strata

@Suite struct SHA256Tests {
  private func digest(_ pieces: [[UInt8]]) -> String {
    var hash = SHA256()
    for piece in pieces { piece.withUnsafeBytes { hash.update($0) } }
    return hash.hexadecimal()
  }

  /// NIST's examples of FIPS 180-4.
  @Test(
    "the digests are those of the standard's examples",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqr"
          + "lmnopqrsmnopqrstnopqrstu",
        "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
      ),
    ])
  func examples(text: String, expected: String) {
    #expect(digest([Array(text.utf8)]) == expected)
  }

  @Test("the digest of a million bytes is that of the standard's example")
  func longExample() {
    let expected = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    #expect(digest([[UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)]) == expected)
  }

  @Test("bytes give the same digest in whatever pieces they come")
  func pieces() {
    let bytes = (0..<300).map { UInt8(truncatingIfNeeded: $0 * 7) }
    let whole = digest([bytes])
    for length in 1...130 {
      let pieces = stride(from: 0, to: bytes.count, by: length).map {
        Array(bytes[$0..<min($0 + length, bytes.count)])
      }
      #expect(digest(pieces) == whole)
    }
  }

  /// Python's hashlib made the expected one: the digest of the digests of 0 to 199 bytes.
  @Test("the digests of every length of a block's tail are those of another implementation")
  func lengths() {
    let digests = (0..<200).map { length in
      digest([(0..<length).map { UInt8(truncatingIfNeeded: $0 * $0 + length) }])
    }
    #expect(
      digest([Array(digests.joined().utf8)])
        == "60a0188f28c1b0e888fd2fd6f35f49a4beb256343cbd93920581846acf17e2ed")
  }

  @Test("the processor's instructions and plain C give the same")
  func instructions() {
    let blocks = (0..<64 * 9).map { UInt8(truncatingIfNeeded: $0 * $0 * 5 + 3) }
    var states = [[UInt32]](repeating: (1...8).map { 0x9e37_79b9 &* $0 }, count: 2)
    strata_sha256_blocks(&states[0], blocks, 9)
    strata_sha256_blocks_plain(&states[1], blocks, 9)
    #expect(states[0] == states[1])
  }
}
