import StrataLab

/// The command as it was typed, for who wants to type it again.
///
/// - Parameter words: Words that are left out.
func typedCommand(without words: Set<String> = []) -> String {
  let typed = CommandLine.arguments.dropFirst().filter { !words.contains($0) }
  return (["strata"] + typed.map(shellWord)).joined(separator: " ")
}
