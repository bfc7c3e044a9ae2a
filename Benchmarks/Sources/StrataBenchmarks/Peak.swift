import CPeak
import Dispatch
import Strata

/// Multiplications and additions a second that so many cores can do together.
func peakSpeed(
  _ kernels: KernelSet, precision: Precision = .float32, threads: Int = 1
) -> Double {
  let name = kernels.name + (precision == .bf16 ? "-bf16" : "")
  let rounds = 2_000_000
  // The first wakes the threads; the fastest is the one that nothing disturbed.
  let times = (0..<5).map { _ in
    seconds {
      DispatchQueue.concurrentPerform(iterations: threads) { _ in
        _ = strata_peak_run(name, rounds)
      }
    }
  }
  return Double(threads) * strata_peak_run(name, 1) * Double(rounds) / (times.min() ?? .nan)
}
