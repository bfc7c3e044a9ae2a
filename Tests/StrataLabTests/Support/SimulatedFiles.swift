import CLibrary
import Strata
import StrataLab

/// A file system in memory that loses power: what has not been synchronized may be lost then.
///
/// The bytes of a file are safe once the file is synchronized, its names once the folder is. Of what
/// is not safe, a disk may have kept any part: each change of a name by itself, and of bytes all,
/// none, the first half, or zeros.
final class SimulatedFiles: FileSystem {
  private let state: Locked<State>

  private init(_ state: State) { self.state = Locked(state) }

  /// An empty file system.
  convenience init() { self.init(State()) }

  /// A copy whose power fails before the call of this number, from 1; `nil`: never.
  func copy(failingBeforeCall call: Int?) -> SimulatedFiles {
    var copy = state.withLock { $0 }
    copy.calls = 0
    copy.lastCall = call.map { $0 - 1 }
    return SimulatedFiles(copy)
  }

  /// Whether the power has failed.
  var isOff: Bool { state.withLock { $0.isOff } }

  /// Every state in which the disk may be found once the power is back.
  var statesAfterPowerLoss: [SimulatedFiles] {
    let state = state.withLock { $0 }
    var contents: Set<[String: [UInt8]]> = []
    return (0..<1 << state.pending.count).flatMap { kept in
      Remains.allCases.map { state.afterPowerLoss(keeping: kept, $0) }
    }.filter { contents.insert($0.contents).inserted }.map(SimulatedFiles.init)
  }

  func open(_ path: String, _ access: FileAccess) -> Int32 {
    call { state in
      if case .folder = access { return state.descriptor(of: nil) }
      if let file = state.names[path] {
        if case .create = access { return refuse(EEXIST) }
        return state.descriptor(of: file)
      }
      state.files.append(File())
      state.change(.link(path, state.files.count - 1))
      return state.descriptor(of: state.files.count - 1)
    }
  }

  func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int {
    Int(
      call { state in
        guard case .some(.some(let file)) = state.descriptors[descriptor] else {
          return refuse(EBADF)
        }
        state.files[file].bytes += bytes
        return Int32(bytes.count)
      })
  }

  func synchronize(_ descriptor: Int32) -> Int32 {
    call { state in
      guard let file = state.descriptors[descriptor] else { return refuse(EBADF) }
      if let file {
        state.files[file].safeBytes = state.files[file].bytes
      } else {
        state.safeNames = state.names
        state.pending = []
      }
      return 0
    }
  }

  func close(_ descriptor: Int32) -> Int32 {
    call { $0.descriptors.removeValue(forKey: descriptor) == nil ? refuse(EBADF) : 0 }
  }

  func rename(_ old: String, to new: String) -> Int32 {
    call { state in
      guard state.names[old] != nil else { return refuse(ENOENT) }
      state.change(.rename(old, new))
      return 0
    }
  }

  func remove(_ path: String) -> Int32 {
    call { state in
      guard state.names[path] != nil else { return refuse(ENOENT) }
      state.change(.unlink(path))
      return 0
    }
  }

  /// The bytes of a file; `nil` where there is none.
  func contents(of path: String) -> [UInt8]? {
    state.withLock { state in state.names[path].map { state.files[$0].bytes } }
  }

  func safetensors(at path: String) throws -> Safetensors? {
    try contents(of: path).map { try Safetensors(bytes: $0, path: path) }
  }

  func names(in folder: String) -> [String] {
    state.withLock { $0.names.keys.map { String($0.dropFirst(folder.count + 1)) }.sorted() }
  }

  private func call(_ body: (inout State) -> Int32) -> Int32 {
    state.withLock { state in
      state.calls += 1
      return state.isOff ? refuse(EIO) : body(&state)
    }
  }
}

/// Sets the reason and says no.
private func refuse(_ number: Int32) -> Int32 {
  errno = number
  return -1
}

/// What is left of bytes that were not synchronized.
private enum Remains: CaseIterable {
  case none, all, firstHalf, zeros
}

private struct File {
  var bytes: [UInt8] = []
  var safeBytes: [UInt8] = []

  mutating func losePower(_ remains: Remains) {
    guard bytes != safeBytes else { return }
    switch remains {
    case .none: bytes = safeBytes
    case .all: break
    case .firstHalf: bytes = Array(bytes[..<max(safeBytes.count, bytes.count / 2)])
    case .zeros: bytes = safeBytes + [UInt8](repeating: 0, count: bytes.count - safeBytes.count)
    }
    safeBytes = bytes
  }
}

private struct State {
  enum Change {
    case link(String, Int)
    case unlink(String)
    case rename(String, String)
  }

  var files: [File] = []
  var names: [String: Int] = [:]
  var safeNames: [String: Int] = [:]
  /// Changes of names that have not been synchronized, in order.
  var pending: [Change] = []
  /// What is open: a file, or the folder.
  var descriptors: [Int32: Int?] = [:]
  var calls = 0
  var lastCall: Int?

  var isOff: Bool { lastCall.map { calls > $0 } ?? false }

  /// The bytes behind each name.
  var contents: [String: [UInt8]] { names.mapValues { files[$0].bytes } }

  mutating func descriptor(of file: Int?) -> Int32 {
    let number = (descriptors.keys.max() ?? 2) + 1
    descriptors[number] = .some(file)
    return number
  }

  mutating func change(_ change: Change) {
    apply(change, to: &names)
    pending.append(change)
  }

  private func apply(_ change: Change, to names: inout [String: Int]) {
    switch change {
    case .link(let path, let file): names[path] = file
    case .unlink(let path): names[path] = nil
    case .rename(let old, let new):
      guard let file = names.removeValue(forKey: old) else { return }
      names[new] = file
    }
  }

  /// - Parameter kept: A bit for each pending change, whether it reached the disk.
  func afterPowerLoss(keeping kept: Int, _ remains: Remains) -> State {
    var state = State()
    state.files = files
    for index in files.indices { state.files[index].losePower(remains) }
    state.names = safeNames
    for (index, change) in pending.enumerated() where kept >> index & 1 == 1 {
      apply(change, to: &state.names)
    }
    state.safeNames = state.names
    return state
  }
}
