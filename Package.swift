// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
  name: "strata",
  products: [
    .library(name: "Strata", targets: ["Strata"]),
    .library(name: "StrataLab", targets: ["StrataLab"]),
    .executable(name: "strata", targets: ["StrataCommand"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
  ],
  targets: [
    // The kernels are optimized in debug builds too: the tests train real networks with them.
    .target(
      name: "CStrataKernels",
      cSettings: [.unsafeFlags(["-O3", "-fno-math-errno"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "CLibrary", swiftSettings: settings),
    .systemLibrary(name: "CMalloc"),
    .target(
      name: "Strata", dependencies: ["CLibrary", "CStrataKernels", "CZlib"],
      swiftSettings: settings),
    .target(
      name: "StrataLab",
      dependencies: [
        "CLibrary", "Strata", "CZlib",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: settings),
    .target(
      name: "StrataReproduction", dependencies: ["CLibrary", "Strata", "StrataLab"],
      swiftSettings: settings),
    .executableTarget(
      name: "StrataCommand",
      dependencies: [
        "CLibrary", "CMalloc", "Strata", "StrataLab", "StrataReproduction",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),
    .target(
      name: "TestSupport", dependencies: ["Strata"], path: "Tests/TestSupport",
      swiftSettings: settings),
    .target(
      name: "LabTestSupport", dependencies: ["StrataLab"], path: "Tests/LabTestSupport",
      swiftSettings: settings),
    .target(name: "CAllocationCounter", path: "Tests/CAllocationCounter"),
    .testTarget(
      name: "StrataTests",
      dependencies: ["Strata", "CStrataKernels", "CAllocationCounter", "TestSupport"],
      resources: [.copy("Fixtures")],
      swiftSettings: settings),
    .testTarget(
      name: "StrataLabTests",
      dependencies: [
        "CLibrary", "Strata", "StrataLab", "TestSupport", "LabTestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      resources: [.copy("Fixtures")],
      swiftSettings: settings),
    .testTarget(
      name: "StrataReproductionTests",
      dependencies: [
        "CLibrary", "Strata", "StrataLab", "StrataReproduction", "TestSupport", "LabTestSupport",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "StrataCommand", "StrataLab", "StrataReproduction", "TestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: settings),
  ]
)
