import Foundation
import Strata
import Testing

@Suite struct ReferenceLossTests {
  @Test("equal logits give the loss ln K, whatever the label")
  func uniform() {
    for classes in [1, 2, 10] {
      let logits = Matrix(rows: classes, columns: 3).mapRows { _, _ in 0.7 }
      let labels = [0, UInt16(classes - 1), UInt16(classes / 2)]
      expectClose(
        [crossEntropy(logits, labels: labels)], [log(Double(classes))], relative: 1e-15,
        absolute: 1e-15)
    }
  }

  @Test("a constant added to the logits of a sample changes nothing")
  func shift() {
    let logits = Matrix(rows: 3, columns: 2, elements: [0.5, -1, 2, 0.25, -3, 1])
    var shifted = logits
    for row in 0..<3 {
      shifted[row, 0] += 32
      shifted[row, 1] -= 64
    }
    #expect(softmax(shifted) == softmax(logits))
    expectClose(
      [crossEntropy(shifted, labels: [2, 0])], [crossEntropy(logits, labels: [2, 0])],
      relative: 1e-14, absolute: 0)
  }

  @Test("logits of ±10,000 neither overflow nor lose the loss")
  func extremes() {
    let logits = Matrix(rows: 3, columns: 2, elements: [1e4, -1e4, -1e4, 1e4, 0, 1e4])
    let probabilities = softmax(logits)
    #expect(probabilities.transposed.elements == [1, 0, 0, 0, 0.5, 0.5])
    #expect(crossEntropy(logits, labels: [1, 0]) == (2e4 + 2e4 + log(2)) / 2)
    #expect(crossEntropy(logits, labels: [0, 1]) == log(2) / 2)
  }

  @Test("the loss is −log of the probability of the label")
  func definition() {
    let logits = Matrix(rows: 2, columns: 1, elements: [0, log(3)])
    expectClose(softmax(logits).elements, [0.25, 0.75], relative: 1e-15, absolute: 0)
    expectClose(
      [crossEntropy(logits, labels: [0])], [log(4)], relative: 1e-15, absolute: 0)
  }

  @Test("the cost adds λ times the squares of the weights, and of nothing else")
  func penalty() throws {
    let sample = try SampleNetwork([3, 4, 2], .before, samples: 5)
    let reference = ReferenceNetwork(sample.network)
    let squares = reference.layers.flatMap(\.weight.elements).map { $0 * $0 }.reduce(0, +)
    expectClose(
      [reference.penalty(lambda: 0.25)], [0.25 * squares], relative: 1e-14, absolute: 0)
    let loss = reference.cost(sample.columns, labels: sample.labels, lambda: 0)
    let cost = reference.cost(sample.columns, labels: sample.labels, lambda: 0.25)
    expectClose([cost - loss], [0.25 * squares], relative: 1e-14, absolute: 0)
  }
}
