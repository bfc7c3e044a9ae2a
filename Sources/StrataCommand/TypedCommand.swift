import StrataLab

/// The command as it was typed, ready to be pasted into a shell.
///
/// - Parameter words: Words to leave out.
func typedCommand(without words: Set<String> = []) -> String {
  let typed = CommandLine.arguments.dropFirst().filter { !words.contains($0) }
  return (["strata"] + typed.map(shellWord)).joined(separator: " ")
}
