import CAllocationCounter

/// Counts the allocations of the calling thread.
enum AllocationCounter {
  static var count: Int { allocation_counter_value() }
}
