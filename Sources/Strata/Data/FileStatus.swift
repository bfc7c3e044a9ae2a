import CLibrary

/// The kind of file at a path.
package enum FileStatus: Sendable, Hashable {
  /// A regular file of so many bytes.
  case file(bytes: Int)
  /// A folder.
  case folder
  /// A device, pipe or socket.
  case other
  /// Nothing that can be seen.
  case missing

  /// Asks the file system; links are followed.
  package init(path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      self = .missing
      return
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: self = .file(bytes: Int(status.st_size))
    case S_IFDIR: self = .folder
    default: self = .other
    }
  }

  /// Whether there is a regular file.
  package var isFile: Bool {
    if case .file = self { true } else { false }
  }
}

/// `name` inside `folder`.
package func path(_ folder: String, _ name: String) -> String {
  folder.hasSuffix("/") ? folder + name : folder + "/" + name
}

/// The last part of a path, without the slashes behind it.
package func lastComponent(of path: String) -> String {
  path.split(separator: "/").last.map(String.init) ?? path
}
