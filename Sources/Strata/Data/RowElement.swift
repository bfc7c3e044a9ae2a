/// A number of a row of data: `UInt8`, whose input is p / 255, or `Float`, itself the input.
///
/// No other type may conform.
public protocol RowElement: BitwiseCopyable, Sendable {
  /// The type by its name.
  static var rowElement: DataRows.Element { get }
}

extension UInt8: RowElement {
  /// Bytes.
  public static var rowElement: DataRows.Element { .byte }
}

extension Float: RowElement {
  /// Floats.
  public static var rowElement: DataRows.Element { .float }
}
