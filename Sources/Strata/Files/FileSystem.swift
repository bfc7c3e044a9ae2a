import CLibrary

/// The few calls to the operating system by which files are saved, so that a test can put a file
/// system in their place that fails, or loses what has not reached the disk.
///
/// Each answers like the function of the system: a number, or −1 and the reason in `errno`.
package protocol FileSystem: Sendable {
  /// Opens a file or folder; its descriptor.
  func open(_ path: String, _ access: FileAccess) -> Int32
  /// Writes some of the bytes; the number written.
  func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int
  /// Waits until everything written has reached the disk; of a folder, its names.
  func synchronize(_ descriptor: Int32) -> Int32
  /// Closes a file or folder.
  func close(_ descriptor: Int32) -> Int32
  /// Gives a file or folder another name, in place of what has that name.
  func rename(_ old: String, to new: String) -> Int32
  /// Removes the name of a file.
  func remove(_ path: String) -> Int32
  /// A safetensors file; `nil` when there is no file.
  ///
  /// - Throws: `DataError` when it cannot be read or is none.
  func safetensors(at path: String) throws -> Safetensors?
  /// The names in a folder, sorted.
  func names(in folder: String) -> [String]
}

/// What a file or folder is opened for.
package enum FileAccess: Sendable {
  /// To be written; it is an error when there is one.
  case create
  /// To be written behind what it has, if it is there.
  case append
  /// To synchronize the names in a folder.
  case folder
}

extension FileSystem {
  /// Waits until the names in a folder have reached the disk.
  ///
  /// - Throws: `DataError` with the operating system's reason.
  package func synchronize(folder: String) throws {
    let descriptor = open(folder, .folder)
    guard descriptor >= 0 else {
      throw DataError(writing: folder, errno: errno, expected: "a folder that can be opened")
    }
    defer { _ = close(descriptor) }
    // Some file systems cannot synchronize a folder and answer EINVAL.
    guard synchronize(descriptor) == 0 || errno == EINVAL else {
      throw DataError(writing: folder, errno: errno, expected: "a folder that can be synchronized")
    }
  }

  /// Renames, or says why not.
  ///
  /// - Throws: `DataError` with the operating system's reason.
  package func move(_ old: String, to new: String) throws {
    guard rename(old, to: new) == 0 else {
      throw DataError(writing: new, errno: errno, expected: "a name that can be taken")
    }
  }
}

/// The operating system's own file system.
package struct SystemFiles: FileSystem {
  package init() {}

  package func open(_ path: String, _ access: FileAccess) -> Int32 {
    let flags =
      switch access {
      case .create: O_WRONLY | O_CREAT | O_EXCL
      case .append: O_WRONLY | O_CREAT | O_APPEND
      case .folder: O_RDONLY | O_DIRECTORY
      }
    return Glibc.open(path, flags | O_CLOEXEC, 0o666)
  }

  package func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int {
    Glibc.write(descriptor, bytes.baseAddress, bytes.count)
  }

  package func synchronize(_ descriptor: Int32) -> Int32 { fsync(descriptor) }

  package func close(_ descriptor: Int32) -> Int32 { Glibc.close(descriptor) }

  package func rename(_ old: String, to new: String) -> Int32 { Glibc.rename(old, new) }

  package func remove(_ path: String) -> Int32 { unlink(path) }

  package func safetensors(at path: String) throws -> Safetensors? {
    FileStatus(path: path) == .missing ? nil : try Safetensors(contentsOfFile: path)
  }

  package func names(in folder: String) -> [String] { Folder.names(in: folder) }
}
