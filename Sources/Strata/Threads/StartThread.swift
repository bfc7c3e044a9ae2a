package import CLibrary

/// Processors that are online; at least 1.
public var usableProcessors: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

/// Starts a thread that does some work and ends; `nil` where the system refuses one.
///
/// The caller joins or detaches it. Dispatch would wait for ever where no thread can be had.
package func startThread(_ work: @escaping @Sendable () -> Void) -> pthread_t? {
  var thread = pthread_t()
  let argument = Unmanaged.passRetained(ThreadWork(work))
  let status = pthread_create(
    &thread, nil,
    { argument in
      guard let argument else { return nil }
      Unmanaged<ThreadWork>.fromOpaque(argument).takeRetainedValue().perform()
      return nil
    }, argument.toOpaque())
  guard status == 0 else {
    argument.release()
    errno = status
    return nil
  }
  return thread
}

/// What a thread does.
private final class ThreadWork: Sendable {
  let perform: @Sendable () -> Void

  init(_ perform: @escaping @Sendable () -> Void) { self.perform = perform }
}
