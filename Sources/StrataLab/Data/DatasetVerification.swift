package import Strata

/// The result of checking every byte of a data set.
package struct DatasetVerification: Sendable, Hashable {
  /// The finding on one file.
  package struct Finding: Sendable, Hashable {
    /// The ways in which a file is as it should be, or not.
    package enum Verdict: String, Sendable, Hashable {
      /// The bytes are the official ones.
      case ok
      /// The file can be read, but there is no official sum to compare it with.
      case readable
      /// The bytes are wrong.
      case bad
      /// There is no such file.
      case missing
    }

    /// The file's name.
    package let name: String
    /// The verdict.
    package let verdict: Verdict
    /// The computed SHA-256, or the fault.
    package let detail: String
  }

  /// The findings on all files.
  package let findings: [Finding]

  /// Whether some file has this verdict.
  package func has(_ verdict: Finding.Verdict) -> Bool {
    findings.contains { $0.verdict == verdict }
  }

  /// Reads every byte of a data set.
  ///
  /// CIFAR-10 and Fashion-MNIST are compared with the official files' sums, the images that the
  /// program makes with those it should make; other IDX files are only read.
  package init(_ location: DatasetLocation) {
    switch location {
    case .cifar10(let folder): findings = Self.cifar10(folder: folder)
    case .idx(let folder): findings = Self.idx(folder: folder)
    case .shapes: findings = [Self.shapes()]
    }
  }

  private static func cifar10(folder: String) -> [Finding] {
    let files = CIFAR10.trainingFiles + [CIFAR10.testFile]
    let images = files.map { name in
      finding(name) {
        let file = try MappedFile(path: path(folder, name))
        guard file.bytes.count == CIFAR10.fileLength else {
          return (.bad, "expected \(CIFAR10.fileLength) bytes, found \(file.bytes.count)")
        }
        return file.withBytes { compare($0, with: OfficialSums.cifar10[name]) }
      }
    }
    let names = finding(CIFAR10.classNamesFile) {
      let file = try MappedFile(path: path(folder, CIFAR10.classNamesFile))
      let names = try file.withBytes { try CIFAR10.parseClassNames($0, path: file.path) }
      return names == CIFAR10.classNames
        ? (.ok, "the ten official names")
        : (.bad, "expected \(CIFAR10.classNames.joined(separator: ", ")), found other names")
    }
    return images + [names]
  }

  private static func idx(folder: String) -> [Finding] {
    let hasOfficialSums = IDXFolder.isFashion(folder: folder)
    return IDXFolder.fileNames.map { name in
      guard let path = IDXFolder.find(name, in: folder) else {
        return Finding(name: name, verdict: .missing, detail: "neither plain nor with .gz")
      }
      return finding(lastComponent(of: path)) {
        let file = try IDXFile(path: path, rank: name.contains("images") ? 3 : 1)
        let expected = hasOfficialSums ? OfficialSums.fashion[name] : nil
        return file.withElements { compare($0, with: expected) }
      }
    }
  }

  private static func shapes() -> Finding {
    finding("shapes") {
      let sum = Shapes.load().sha256()
      return sum == OfficialSums.shapes
        ? (.ok, sum) : (.bad, "expected SHA-256 \(OfficialSums.shapes), found \(sum)")
    }
  }

  private static func compare(
    _ bytes: UnsafeRawBufferPointer, with expected: String?
  ) -> (Finding.Verdict, String) {
    let sum = SHA256.hexadecimal(of: bytes)
    guard let expected else { return (.readable, sum) }
    return sum == expected ? (.ok, sum) : (.bad, "expected SHA-256 \(expected), found \(sum)")
  }

  private static func finding(
    _ name: String, _ look: () throws -> (Finding.Verdict, String)
  ) -> Finding {
    do {
      let (verdict, detail) = try look()
      return Finding(name: name, verdict: verdict, detail: detail)
    } catch let error as DataError where error.kind == .notFound {
      return Finding(name: name, verdict: .missing, detail: error.found)
    } catch let error as DataError {
      return Finding(
        name: name, verdict: .bad, detail: "expected \(error.expected), found \(error.found)")
    } catch {
      return Finding(name: name, verdict: .bad, detail: "\(error)")
    }
  }
}

/// The SHA-256 sums of the official files.
enum OfficialSums {
  /// Of the files of `cifar-10-binary.tar.gz`.
  static let cifar10 = [
    "data_batch_1.bin": "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5",
    "data_batch_2.bin": "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed",
    "data_batch_3.bin": "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67",
    "data_batch_4.bin": "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48",
    "data_batch_5.bin": "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add",
    "test_batch.bin": "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b",
  ]

  /// Of the elements of Fashion-MNIST's files, without the IDX header, since the compressed files
  /// differ between the original and the one that Debian packs.
  static let fashion = [
    "train-images-idx3-ubyte":
      "2e487a6c89124f78f2d7521542223cafe96f7123c3ca13d447772ac6ecbb3012",
    "train-labels-idx1-ubyte":
      "657fbd221bfc9f4198cc14b5619cc33ec57c58dd0e47af4d99d6650759e869a7",
    "t10k-images-idx3-ubyte":
      "c867c93ff95360594e8ec3287995350b824dd110b11595c0e13d5423f621867a",
    "t10k-labels-idx1-ubyte":
      "3d0e6c6ea990b53b6f8f500a41cac93881d981b315f84578b7d915342ade01e9",
  ]

  /// Of the images that the program makes.
  static let shapes = "e603a44bc272e5e61cfd78e6e2ba37294a9fabdb8a7dd9dcc3bd7274e031e2d9"

  /// Of whole data sets, by name, as `DatasetPair.sha256()` computes them.
  static let pairs = [
    "cifar10": "0986e276e9a4dec8e941838372dcbefcbeb082320f292968919ddc5b333e15d7",
    "fashion-mnist": "c2d697b4fe4dcceeec725978edc79073f1667fca0f3d1155993c1180c6c6129b",
    "shapes": shapes,
  ]
}
