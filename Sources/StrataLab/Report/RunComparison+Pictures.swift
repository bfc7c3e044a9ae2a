import Strata

extension RunComparison {
  /// The test images on which each run is most wrong.
  var mistakesSection: Report.Section {
    Report.Section("The worst mistakes", runs.flatMap(mistakes))
  }

  /// The weights of each first layer as images.
  var weightsSection: Report.Section {
    Report.Section("First-layer weights", runs.flatMap(weights))
  }

  private static let mistakesShown = 12

  private func mistakes(of run: ComparedRun) -> [Report.Block] {
    guard case .success(let examination) = run.examination else { return [] }
    guard let shape = examination.test.features.imageShape else {
      return [.heading(run.name), .paragraph(Self.noImages)]
    }
    let names = run.run.model.classNames
    let worst = examination.outcome.mistakes.prefix(Self.mistakesShown)
    let pictures = worst.compactMap { mistake in
      picture(mistake, of: examination.test, names: names)
    }
    guard !pictures.isEmpty else { return [] }
    let caption =
      "The test images with the highest loss of “\(run.name)”: number of the image, counted from 0, "
      + "true class and predicted class, each with its probability, and loss in nats."
    return [
      .heading(run.name),
      .gallery(
        ReportGallery(
          caption: caption, pictures: pictures,
          magnification: max(1, 128 / max(shape.width, 1)))),
    ]
  }

  private static let noImages = "There are no pictures, since the run learned from a table."

  private func picture(
    _ mistake: Mistake, of dataset: Dataset, names: [String]
  ) -> ReportGallery.Picture? {
    guard let shape = dataset.features.imageShape, dataset.rows.element == .byte,
      let image = PixelImage(planes: dataset.rows.bytes(of: mistake.image), shape: shape)
    else { return nil }
    let (label, prediction) = (names[mistake.label], names[mistake.prediction])
    let chances = [mistake.labelProbability, mistake.predictionProbability].map(probabilityText)
    return ReportGallery.Picture(
      image,
      alternative: "Test image \(mistake.image), a \(label) predicted as \(prediction).",
      caption: [
        "image \(mistake.image)", "true: \(label), \(chances[0])",
        "predicted: \(prediction), \(chances[1])",
        "loss: \(fixedText(mistake.loss, decimals: 2))",
      ])
  }

  private static let unitsShown = 100

  private func weights(of run: ComparedRun) -> [Report.Block] {
    let model = run.run.model
    guard let shape = model.features.imageShape else {
      return [.heading(run.name), .paragraph(Self.noImages)]
    }
    let pictures = weightPictures(of: model, atMost: Self.unitsShown)
    guard !pictures.isEmpty else { return [] }
    let units = model.network.architecture.width(of: 1)
    let which =
      units > pictures.count ? "first \(pictures.count) of \(units) units" : "\(units) units"
    let caption =
      "The weights of the \(which) of the first layer of “\(run.name)”, row "
      + "by row. Grey stands for 0, brighter than grey for positive and darker for negative weights, "
      + "colour by colour; each unit's largest weight has full brightness or darkness."
    let mosaic = PixelImage(mosaic: pictures, columns: 10)
    return [
      .heading(run.name),
      .gallery(
        ReportGallery(
          caption: caption,
          pictures: [
            .init(
              mosaic,
              alternative:
                "The weights of the \(which) of the first layer of “\(run.name)” as pictures.")
          ], magnification: max(1, 64 / max(shape.width, 1)))),
    ]
  }
}

/// The weights of the first units of the first layer as pictures around grey, each divided by its
/// largest magnitude: 128 + 127 w / max |w|; none where the inputs are no grey or coloured images.
func weightPictures(of model: Model, atMost limit: Int) -> [PixelImage] {
  let inputs = model.network.architecture.inputs
  guard let tensor = model.network.layout.tensors.first, let shape = model.features.imageShape
  else { return [] }
  let weights = model.network.values(of: tensor)
  let units = min(limit, model.network.architecture.width(of: 1))
  return (0..<units).compactMap { unit in
    let row = weights[unit * inputs..<(unit + 1) * inputs]
    let greatest = row.reduce(0) { max($0, abs($1)) }
    let bytes = row.map { weight in
      UInt8(128 + (greatest > 0 ? 127 * (weight / greatest) : 0).rounded())
    }
    return PixelImage(planes: bytes, shape: shape)
  }
}

/// A probability as a percentage that is not 0 where the probability is not, on one line.
private func probabilityText(_ probability: Double) -> String {
  let percent = 100 * probability
  let number =
    percent >= 0.1 ? fixedText(percent, decimals: 1) : significantText(percent, digits: 2)
  return number + "\u{a0}%"
}
