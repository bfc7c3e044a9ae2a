import ArgumentParser
import Strata

/// The root of the command.
struct StrataTool: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "strata",
    abstract: "Train, study and ship fully connected networks with batch normalization.",
    discussion: """
      Example: strata train --hidden 50,50 --seed 1

      Exit codes: 0 done; 1 a check failed or training diverged; 64 wrong usage; 65 bad data or \
      model file; 66 not found; 74 could not read or write; 75 interrupted and saved; 129, 130, 143 killed without saving \
      (second Ctrl-C).
      """,
    version: strataVersion,
    subcommands: [
      TrainCommand.self, ResumeCommand.self, SearchCommand.self, EvaluateCommand.self,
      GradientCheckCommand.self,
      InspectCommand.self, ReproduceCommand.self, ReportCommand.self, DataCommand.self,
      DoctorCommand.self,
    ])
}
