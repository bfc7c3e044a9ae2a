import CLibrary
import Strata
import StrataLab

/// A file system of which one call fails, or writes take fewer bytes than they are given.
final class FailingFiles: FileSystem {
  /// What goes wrong.
  enum Fault: Hashable {
    /// The call says no, for this reason.
    case refuses(Int32)
    /// A write takes half of its bytes and says so; other calls are as ever.
    case writesHalf
  }

  private let base: any FileSystem
  private let fault: Fault
  private let faultyCall: Int
  private let unreadable: String?
  private let calls = Locked(0)

  /// - Parameter call: Which of the calls that change something is the faulty one, from 1.
  init(_ base: any FileSystem = SystemFiles(), call: Int, _ fault: Fault) {
    self.base = base
    self.fault = fault
    faultyCall = call
    unreadable = nil
  }

  /// - Parameters:
  ///   - path: The file that cannot be read.
  ///   - reason: Why.
  init(unreadable path: String, _ reason: Int32) {
    base = SystemFiles()
    fault = .refuses(reason)
    faultyCall = .max
    unreadable = path
  }

  /// Whether the faulty call was made.
  var hasFailed: Bool { calls.withLock { $0 >= faultyCall } }

  /// Whether the call at hand is refused.
  private var isRefused: Bool {
    let isFaulty = calls.withLock { calls in
      calls += 1
      return calls == faultyCall
    }
    guard isFaulty, case .refuses(let number) = fault else { return false }
    errno = number
    return true
  }

  func open(_ path: String, _ access: FileAccess) -> Int32 {
    isRefused ? -1 : base.open(path, access)
  }

  func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int {
    if isRefused { return -1 }
    let isHalved = fault == .writesHalf && calls.withLock { $0 == faultyCall }
    return base.write(
      isHalved ? UnsafeRawBufferPointer(rebasing: bytes.prefix((bytes.count + 1) / 2)) : bytes,
      to: descriptor)
  }

  func synchronize(_ descriptor: Int32) -> Int32 {
    isRefused ? -1 : base.synchronize(descriptor)
  }

  /// A file is closed even where the call says that something went wrong.
  func close(_ descriptor: Int32) -> Int32 {
    let isRefused = isRefused
    let number = errno
    let result = base.close(descriptor)
    errno = number
    return isRefused ? -1 : result
  }

  func rename(_ old: String, to new: String) -> Int32 {
    isRefused ? -1 : base.rename(old, to: new)
  }

  func remove(_ path: String) -> Int32 { isRefused ? -1 : base.remove(path) }

  func safetensors(at path: String) throws -> Safetensors? {
    if path == unreadable, case .refuses(let reason) = fault {
      throw DataError(reading: path, errno: reason, expected: "a file that can be read")
    }
    return try base.safetensors(at: path)
  }

  func names(in folder: String) -> [String] { base.names(in: folder) }
}
