package import Strata

extension RunComparison {
  /// The numbers of the report for a program to read: the content of `results.json`.
  package var json: JSONValue {
    .object([
      .init("version", .string(strataVersion)), .init("command", .string(command)),
      .init("runs", .array(runs.map(\.json))),
      .init("best_two", bestRunTest?.json ?? .null),
    ])
  }
}

extension ComparedRun {
  fileprivate var json: JSONValue {
    let keys = RecipeKey.allCases.filter { $0 != .output && $0.isUsed(in: run.recipe) }
    let settings = keys.compactMap { key in
      run.recipe.value(of: key).map { JSONValue.Member(key.rawValue, .string($0.option)) }
    }
    return .object([
      .init("name", .string(name)), .init("path", .string(run.path)), .init("summary", run.summary),
      .init("recipe", .object(settings)),
      .init("examination", (try? examination.get())?.json ?? .null),
      .init("problem", problem.map { .string("\($0)") } ?? .null),
    ])
  }
}

extension RunExamination {
  fileprivate var json: JSONValue {
    let rows = outcome.confusion.counts.map { JSONValue.array($0.map { .integer($0) }) }
    return .object([
      .init("test_accuracy", .real(outcome.confusion.accuracy)),
      .init("test_images", .integer(test.count)),
      .init("interval_lower", .real(testInterval?.lower)),
      .init("interval_upper", .real(testInterval?.upper)),
      .init("classes", .array(test.classNames.map { .string($0) })),
      .init("confusion", .array(rows)),
      .init("worst_mistakes", .array(outcome.mistakes.prefix(100).map(\.json))),
      .init("activation_images", .integer(activity.testImages)),
      .init("gradient_images", .integer(activity.trainingImages)),
      .init("layers", .array(activity.gradients.indices.map(layer))),
    ])
  }

  private func layer(_ index: Int) -> JSONValue {
    let hidden = activity.layers.indices.contains(index) ? activity.layers[index] : nil
    let deviations = hidden?.deviations.sorted() ?? []
    return .object([
      .init("layer", .integer(index + 1)),
      .init("units", hidden.map { .integer($0.units) } ?? .null),
      .init("dead_units", hidden.map { .integer($0.deadUnits) } ?? .null),
      .init("zero_share", hidden.map { .real($0.zeroShare) } ?? .null),
      .init("output_deviation", quantile(0.5, ofSorted: deviations).map { .real($0) } ?? .null),
      .init("gradient", .real(activity.gradientSize(of: index))),
    ])
  }
}

extension Mistake {
  fileprivate var json: JSONValue {
    .object([
      .init("image", .integer(image)), .init("label", .integer(label)),
      .init("prediction", .integer(prediction)),
      .init("label_probability", .real(labelProbability)),
      .init("prediction_probability", .real(predictionProbability)),
      .init("loss", .real(loss)),
    ])
  }
}
