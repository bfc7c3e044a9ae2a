import Strata

extension RunComparison {
  /// Loss, cost and accuracy of all runs, those that differ in their seed alone as one curve.
  var curvesSection: Report.Section {
    let groups = curveGroups
    let shown = groups.prefix(CurveGroup.mostInFigure)
    let svg = comparedCurvesFigure(groups: shown.map(\.curves), title: "Loss, cost and accuracy")
    var caption =
      "Loss, cost and accuracy over update steps on the training and the validation images, measured "
      + "with the running statistics; the end of each curve shows its last number."
    if groups.contains(where: { $0.curves.histories.count > 1 }) {
      caption += " Runs that differ only in their seed share one curve."
    }
    if shown.count < groups.count {
      caption +=
        " Of \(groups.count) recipes, the \(shown.count) with the highest test accuracy are drawn; "
        + "\(RunFolder.curvesName) in the folder of each run shows the others."
    }
    return Report.Section(
      "Curves",
      [.figure(ReportFigure(name: "curves", svg: svg, caption: caption, commands: [command]))])
  }

  /// The runs of each recipe: in the order of the report where all can be told apart, else the recipe
  /// with the highest mean test accuracy first.
  private var curveGroups: [(curves: CurveGroup, accuracy: Double)] {
    var recipes: [[String]] = []
    var members: [[String]: [ComparedRun]] = [:]
    for run in runs {
      let recipe = run.run.learnedSettings
      if members[recipe] == nil { recipes.append(recipe) }
      members[recipe, default: []].append(run)
    }
    let groups = recipes.compactMap { members[$0] }.map { runs in
      let name = runs[0].name + (runs.count == 1 ? "" : " (\(runs.count) seeds)")
      return (
        curves: CurveGroup(name: name, histories: runs.map(\.run.history)),
        accuracy: runs.reduce(0) { $0 + $1.testAccuracy } / Double(runs.count)
      )
    }
    return groups.count <= CurveGroup.mostInFigure
      ? groups : groups.sorted { $0.accuracy > $1.accuracy }
  }
}

extension FinishedRun {
  /// Everything that its result depends on but the seed.
  fileprivate var learnedSettings: [String] {
    let keys = RecipeKey.allCases.filter {
      !$0.isPlace && $0 != .seed && $0.isUsed(in: recipe)
    }
    return [dataDigest] + keys.map { recipe.value(of: $0)?.option ?? "" }
  }
}
