import Strata
import StrataLab

/// The number of trainings that run at once: the requested one, else one per available processor.
///
/// - Throws: `ConfigurationError` for 0 or too many.
func checkedJobs(_ asked: Int?) throws -> Int {
  let jobs = asked ?? Machine.usableProcessors
  guard (1...256).contains(jobs) else {
    throw ConfigurationError(
      setting: "jobs", expected: "a whole number from 1 to 256", found: "\(jobs)")
  }
  return jobs
}
