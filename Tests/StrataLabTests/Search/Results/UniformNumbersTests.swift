import Testing

@testable import StrataLab

@Suite("Numbers of one column")
struct UniformNumbersTests {
  @Test("all have an exponent where one has, else as many decimals as the longest")
  func forms() {
    #expect(
      uniformNumbers(["1.4213e-5", "0.0307309", "0.1"])
        == ["1.42130e-05", "3.07309e-02", "1.00000e-01"])
    #expect(uniformNumbers(["0.1", "0.25", "3.0"]) == ["0.10", "0.25", "3.00"])
    #expect(uniformNumbers(["0.30000000000000004", "0.5"]).first == "0.30000000000000004")
  }

  @Test("whole numbers, words and nothing stay as they are")
  func others() {
    for texts in [["100", "50"], ["he", "0.1"], ["50,50", "100"], ["-", "0.1"], []] {
      #expect(uniformNumbers(texts) == texts)
    }
  }
}
