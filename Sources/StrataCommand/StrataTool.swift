import ArgumentParser
import Strata

@main
struct StrataTool: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "strata",
    abstract: "Train, study and ship fully connected networks with batch normalization.",
    version: strataVersion)
}
