import Foundation

/// Writes a program for the shell.
///
/// A shell writes it: a program cannot be started while anybody has it open for writing, and what
/// this process has open, processes that other tests are starting at the same moment have too.
package func writeScript(_ script: String, to path: String) throws {
  let process = Process()
  process.executableURL = URL(filePath: "/bin/sh")
  process.arguments = [
    "-c", "printf '#!/bin/sh\\n%s\\n' \"$1\" > \"$0\" && chmod 755 \"$0\"", path, script,
  ]
  try process.run()
  process.waitUntilExit()
}
