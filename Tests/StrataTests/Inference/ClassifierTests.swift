import TestSupport
import Testing

@testable import Strata

@Suite struct ClassifierTests {
  private let features = Features.image(ImageShape(channels: 3, height: 5, width: 3))

  private func images(_ count: Int) -> [[UInt8]] {
    var stream = RandomStream(seed: 4, for: .images)
    return (0..<count).map { _ in
      (0..<features.count).map { _ in UInt8(stream.integer(below: 256)) }
    }
  }

  @Test(
    "class and probabilities are the reference's, one by one and together",
    arguments: BatchNormalizationPlacement.allCases, KernelSet.available.map(\.name))
  func reference(placement: BatchNormalizationPlacement, kernel: String) throws {
    let kernels = try KernelSet(named: kernel)
    for (hidden, classes) in [([], 2), ([9, 17], 17)] {
      let model = try SampleModel.model(features, hidden: hidden, classes: classes, placement)
      let images = images(37)
      let expected = softmax(SampleModel.referenceLogits(model, images)).transposed
      let classifier = try Classifier(model, kernels: kernels)
      let together = try classifier.classify(images)
      #expect(try model.classify(images, kernels: kernels) == together)
      for (index, image) in images.enumerated() {
        let one = try classifier.classify(image)
        #expect(one == together[index])
        #expect(try model.classify(image, kernels: kernels) == one)
        let row = Array(expected[row: index])
        expectClose(one.probabilities.map(Double.init), row, relative: 1e-4, absolute: 1e-6)
        #expect(row[one.label] == row.max())
        #expect(one.className == "class \(one.label)")
        #expect(one.probability == one.probabilities[one.label])
      }
    }
  }

  @Test("many images at once give the bits of one at a time, on any number of threads")
  func together() throws {
    let model = try SampleModel.model(features, hidden: [9, 300], classes: 3, .before)
    let images = images(457)
    let single = try Classifier(model)
    let expected = try images.flatMap { try single.classify($0).probabilities }
    for threads in [1, 2, 3] {
      let classifier = try Classifier(model, threads: threads)
      #expect(try classifier.probabilities(of: Array(images.joined())) == expected)
    }
  }

  @Test("bytes that are not whole images are malformed")
  func partOfAnImage() throws {
    let classifier = try Classifier(SampleModel.model(features, hidden: [4], classes: 3, .before))
    let error = dataError { _ = try classifier.probabilities(of: [UInt8](repeating: 1, count: 91)) }
    #expect(
      error?.description
        == "rows: expected a multiple of 45 numbers (3 × 5 × 3 pixels), found 91.")
    #expect(try classifier.probabilities(of: [UInt8]()) == [])
  }

  @Test("no images give no answers")
  func none() throws {
    let model = try SampleModel.model(features, hidden: [4], classes: 3, .before)
    #expect(try model.classify([[UInt8]]()) == [])
    #expect(try Classifier(model).classify([[UInt8]]()) == [])
  }

  @Test("an image with another number of pixels is malformed", arguments: [0, 44, 46])
  func pixels(count: Int) throws {
    let model = try SampleModel.model(features, hidden: [4], classes: 3, .before)
    let wrong = [UInt8](repeating: 1, count: count)
    let error = dataError { _ = try model.classify(wrong) }
    #expect(error?.kind == .malformed)
    #expect(error?.description == "row: expected 45 numbers (3 × 5 × 3 pixels), found \(count).")
    #expect(dataError { _ = try model.classify(images(2) + [wrong]) }?.path == "row 2")
  }

  @Test("a model whose parts do not belong together classifies nothing")
  func brokenModel() throws {
    var model = try SampleModel.model(features, hidden: [4], classes: 3, .before)
    model.classNames = ["one"]
    #expect(dataError { _ = try Classifier(model) }?.kind == .malformed)
  }
}
