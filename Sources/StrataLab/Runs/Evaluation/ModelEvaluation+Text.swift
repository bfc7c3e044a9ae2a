package import Strata

extension ModelEvaluation {
  /// The results as JSON.
  package var json: JSONValue {
    let confusion = evaluation.confusion
    let classes = dataset.classNames.enumerated().map { label, name in
      JSONValue.object([
        .init("name", .string(name)),
        .init("images", .integer(confusion.count(of: label))),
        .init("precision", confusion.precision(of: label).map { .real($0) } ?? .null),
        .init("recall", confusion.recall(of: label).map { .real($0) } ?? .null),
      ])
    }
    let rows = confusion.counts.map { JSONValue.array($0.map { .integer($0) }) }
    return .object([
      .init("model", .string(modelPath)),
      .init("data", .string(dataset.name)),
      .init("split", .string(split.rawValue)),
      .init("images", .integer(dataset.count)),
      .init("loss", .real(evaluation.metrics.loss)),
      .init("cost", .real(evaluation.metrics.cost)),
      .init("accuracy", .real(evaluation.metrics.accuracy)),
      .init("same_data", isSameData.map { .boolean($0) } ?? .null),
      .init("kernel", .string(kernel)),
      .init("precision", .string(precision.rawValue)),
      .init("statistics", .string(statisticsText)),
      .init("classes", .array(classes)),
      .init("confusion", .array(rows)),
      .init("version", .string(strataVersion)),
    ])
  }

  /// The results for a person: a line, precision and recall of each class, the confusion matrix.
  package var text: String {
    let metrics = evaluation.metrics
    return """
      \(dataset.name), \(split.rawValue): \(countText(dataset.count)) images\
      \(statisticsSample == nil ? "" : ", statistics \(statisticsText)")
      accuracy \(percentText(metrics.accuracy, decimals: 2)), \
      loss \(fixedText(metrics.loss, decimals: 4)), cost \(fixedText(metrics.cost, decimals: 4))

      \(classTable)
      \(confusionTable)
      """
  }

  private var statisticsText: String {
    guard let statisticsSample else { return "of the model" }
    let part = statisticsSample.part == .training ? "training" : "test"
    let flips = statisticsSample.flips ? ", each mirrored with probability 1/2" : ""
    return "of \(countText(statisticsSample.count)) \(part) images\(flips)"
  }

  private var classTable: String {
    let confusion = evaluation.confusion
    var table = TextTable([
      .init("class"), .init("images", .right), .init("precision", .right), .init("recall", .right),
    ])
    for (label, name) in dataset.classNames.enumerated() {
      table.add([
        name, countText(confusion.count(of: label)),
        confusion.precision(of: label).map { percentText($0) } ?? "–",
        confusion.recall(of: label).map { percentText($0) } ?? "–",
      ])
    }
    return table.text
  }

  /// Labels in rows, predictions in columns.
  private var confusionTable: String {
    let names = dataset.classNames
    var table = TextTable(
      [.init("label \\ prediction")] + names.indices.map { .init("\($0)", .right) })
    for (label, counts) in evaluation.confusion.counts.enumerated() {
      table.add(["\(label) \(names[label])"] + counts.map(String.init))
    }
    return table.text
  }
}
