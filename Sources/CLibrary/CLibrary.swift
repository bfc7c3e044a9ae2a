// The C library of the system. Nothing else names one, so a port starts here; what it has to supply
// beside this is found by the compiler.
//
// `@_exported` has no substitute without an underscore: importing this module stands for importing
// the library.
#if canImport(Glibc)
  @_exported public import Glibc
#elseif canImport(Musl)
  @_exported public import Musl
#else
  @_exported public import Darwin
#endif
