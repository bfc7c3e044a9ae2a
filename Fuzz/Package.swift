// swift-tools-version: 6.2
import PackageDescription

// Built with `--sanitize fuzzer`: libFuzzer brings the main function, and with `-enable-testing`:
// most parsers are internal.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .unsafeFlags(["-parse-as-library"]),
]

let package = Package(
  name: "strata-fuzz",
  products: [.executable(name: "strata-fuzz", targets: ["StrataFuzz"])],
  dependencies: [
    .package(name: "strata", path: ".."),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    .executableTarget(
      name: "StrataFuzz",
      dependencies: [
        .product(name: "Strata", package: "strata"),
        .product(name: "StrataLab", package: "strata"),
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: settings)
  ]
)
