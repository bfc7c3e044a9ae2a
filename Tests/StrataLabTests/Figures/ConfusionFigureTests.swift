import Strata
import StrataLab
import TestSupport
import Testing

@Suite("confusionFigure")
struct ConfusionFigureTests {
  @Test("any number of classes makes well-formed XML", arguments: [0, 1, 2, 3, 10, 11, 37, 100])
  func wellFormed(classes: Int) throws {
    let matrix = FigureSamples.matrix(classes: classes, images: 30)
    let document = confusionFigure(matrix: matrix, title: "Confusion")
    let texts = try ParsedXML(document).texts
    for name in ["predicted class", "true class", "recall %", "precision %"] {
      #expect(texts.contains(name))
    }
    #expect(document == confusionFigure(matrix: matrix, title: "Confusion"))
  }

  @Test("counts, shares, recall, precision and accuracy are written")
  func numbers() throws {
    var matrix = ConfusionMatrix(classes: 2)
    // 30 cats, 24 of them right; 10 dogs, 9 of them right.
    for (label, prediction, count) in [(0, 0, 24), (0, 1, 6), (1, 0, 1), (1, 1, 9)] {
      for _ in 0..<count { matrix.record(label: label, prediction: prediction) }
    }
    let texts = try ParsedXML(
      confusionFigure(matrix: matrix, classNames: ["cat", "dog"], title: "T", notes: ["N"])
    ).texts
    let expected = [
      "24", "6", "1", "9", "80.0 %", "20.0 %", "10.0 %", "90.0 %",  // cells
      "80.0", "90.0", "96.0", "60.0",  // recall, precision
      "Accuracy 82.5 % of 40 images", "N",
    ]
    for text in expected { #expect(texts.contains(text), "\(text)") }
    #expect(texts.filter { $0 == "cat" }.count == 2)
  }

  @Test("a class without images has a dash for its recall, not a number")
  func empty() throws {
    let texts = try ParsedXML(
      confusionFigure(matrix: ConfusionMatrix(classes: 3), title: "T")
    ).texts
    #expect(texts.filter { $0 == "–" }.count == 6)
    #expect(texts.contains("No images"))
  }

  @Test("cells that are too small have no numbers, and not every class is named")
  func small() throws {
    let matrix = FigureSamples.matrix(classes: 100, images: 100)
    let names = (0..<100).map { "class \($0)" }
    let texts = try ParsedXML(
      confusionFigure(matrix: matrix, classNames: names, title: "T")
    ).texts
    #expect(texts.filter { $0.hasPrefix("class ") }.count == 100)  // every second, on both axes
    #expect(texts.allSatisfy { Double($0) == nil })
  }

  @Test("long names keep their beginning and their end")
  func longNames() throws {
    let names = ["short", "a name that is much too long for any axis <1>"]
    let texts = try ParsedXML(
      confusionFigure(matrix: ConfusionMatrix(classes: 3), classNames: names, title: "T")
    ).texts
    let shortened = try #require(texts.first { $0.contains("…") })
    #expect(shortened.hasPrefix("a name") && shortened.hasSuffix("<1>"))
    #expect(texts.contains("2"), "a number stands in for a missing name")
  }
}
