import Glibc

/// What libFuzzer calls before the first input; `$STRATA_FUZZ` names the target.
@_cdecl("LLVMFuzzerInitialize")
public func start(
  _ count: UnsafeMutablePointer<Int32>?,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>>>?
) -> Int32 {
  guard FuzzTarget.ofProcess == nil else { return 0 }
  let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")
  print("strata-fuzz: expected one of \(names) in STRATA_FUZZ.")
  exit(EX_USAGE)
}

/// What libFuzzer calls for every input; a trap or a sanitizer's finding ends the process.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  FuzzTarget.ofProcess?.read(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}
