import Testing

@testable import Strata

@Suite struct JSONTests {
  @Test("every kind of value is read")
  func values() throws {
    let text = """
      {"a": [null, true, false, -0.5e+3, 12], "b": {"c": "x\\n\\u00e9\\ud83d\\ude00\\/\\"é"},
       "": []}\t
      """
    let value = try JSONValue(parsing: text)
    #expect(
      value
        == .object([
          JSONValue.Member(
            "a", .array([.null, .boolean(true), .boolean(false), .number("-0.5e+3"), .integer(12)])),
          JSONValue.Member("b", .object([JSONValue.Member("c", .string("x\né😀/\"é"))])),
          JSONValue.Member("", .array([])),
        ]))
    #expect(value["a"]?.elements?[3].real(Double.self) == -500)
    #expect(value["a"]?.elements?[3].integer == nil)
    #expect(value["a"]?.elements?[4].integer == 12)
    #expect(value["missing"] == nil)
  }

  @Test(
    "what is not JSON is refused",
    arguments: [
      "", " ", "{", "[", "\"", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "[1,]", "[1 2]", "{a:1}", "01",
      "+1", ".5", "1.", "1e", "-", "0x1", "NaN", "Infinity", "tru", "nulll", "1 1", "{} x",
      "\"\u{1}\"", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"\\ud800\"", "\"\\udc00\"",
      "\"\\ud800\\u0041\"", "{\"a\":1,\"a\":2}", "{\"\\u0061\":1,\"a\":2}", "'a'", "\u{feff}1",
      "[1]]", "// a\n1",
    ])
  func refused(text: String) {
    #expect(throws: JSONError.self) { try JSONValue(parsing: text) }
  }

  @Test("bytes that are not UTF-8 are refused, at their place")
  func encoding() {
    let bytes = ByteBlock(Array("[\"".utf8) + [0xff, 0x22, 0x5d])
    #expect(throws: JSONError(offset: 2, expected: "a string in UTF-8")) {
      try bytes.withBytes { try JSONValue(parsing: $0) }
    }
  }

  @Test("64 levels are read, and a million are refused without a trap")
  func depth() throws {
    func nested(_ levels: Int) -> String {
      String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
    }
    _ = try JSONValue(parsing: nested(65))
    #expect(throws: JSONError.self) { try JSONValue(parsing: nested(66)) }
    #expect(throws: JSONError.self) { try JSONValue(parsing: nested(1_000_000)) }
    let objects = String(repeating: "{\"a\":", count: 1_000_000)
    #expect(throws: JSONError.self) { try JSONValue(parsing: objects) }
  }

  @Test("numbers outside the range of a type are nothing, not a trap")
  func ranges() throws {
    let huge = try JSONValue(parsing: "123456789012345678901234567890")
    #expect(huge.integer == nil && huge.real(Double.self) == 1.2345678901234568e29)
    #expect(try JSONValue(parsing: "1e999").real(Double.self) == nil)
    #expect(try JSONValue(parsing: "1e39").real(Float.self) == nil)
    #expect(JSONValue.real(Double.nan) == .null)
  }

  @Test("what is written is read back as it was", arguments: [false, true])
  func roundTrip(isIndented: Bool) throws {
    let value = JSONValue.object([
      JSONValue.Member("control \u{0}\u{1f}\u{8}\u{c}\n\r\t\"\\/", .string("é😀\u{2028}")),
      JSONValue.Member("list", .array([.array([.integer(-3)]), .array([]), .object([])])),
      JSONValue.Member("small", .real(Float.leastNonzeroMagnitude)),
      JSONValue.Member("epsilon", .real(Float(1e-5))),
    ])
    let read = try JSONValue(parsing: isIndented ? value.indentedText : value.text)
    #expect(read == value)
    #expect(read["small"]?.real(Float.self) == .leastNonzeroMagnitude)
    #expect(read["epsilon"]?.real(Float.self) == 1e-5)
  }

  @Test("text is compact, or a member a line")
  func layout() {
    let value = JSONValue.object([
      JSONValue.Member("a", .array([.integer(1), .integer(2)])),
      JSONValue.Member("b", .object([JSONValue.Member("c", .null)])),
    ])
    #expect(value.text == #"{"a":[1,2],"b":{"c":null}}"#)
    #expect(value.indentedText == "{\n  \"a\": [1, 2],\n  \"b\": {\n    \"c\": null\n  }\n}")
  }
}
