/// The version of the library and of the files that it writes.
public let strataVersion = "0.1.0"
