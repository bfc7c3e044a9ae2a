import CLibrary
import Dispatch
import Strata

extension DispatchGroup {
  /// Starts a thread that belongs to the group until its work is done.
  ///
  /// - Returns: Whether the system gave a thread.
  func start(_ work: @escaping @Sendable () -> Void) -> Bool {
    enter()
    let thread = startThread { [self] in
      work()
      leave()
    }
    guard let thread else {
      leave()
      return false
    }
    pthread_detach(thread)
    return true
  }
}
