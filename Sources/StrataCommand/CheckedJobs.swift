import Strata
import StrataLab

/// Trainings at the same time: those asked for, else one for each processor that may be used.
///
/// - Throws: `ConfigurationError` for none or too many.
func checkedJobs(_ asked: Int?) throws -> Int {
  let jobs = asked ?? Machine.usableProcessors
  guard (1...256).contains(jobs) else {
    throw ConfigurationError(
      setting: "jobs", expected: "a whole number from 1 to 256", found: "\(jobs)")
  }
  return jobs
}
