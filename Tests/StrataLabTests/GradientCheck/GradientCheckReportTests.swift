import Foundation
import Strata
import StrataLab
import Testing

@Suite struct GradientCheckReportTests {
  private func report(
    _ change: (inout GradientCheckSettings) -> Void = { _ in },
    production: GradientCheck.FlatGradient? = nil
  ) throws -> GradientCheckReport {
    var settings = GradientCheckSettings()
    settings.hidden = [4, 3]
    settings.inputs = 5
    settings.samples = 6
    change(&settings)
    return try GradientCheckReport(
      settings, on: GradientCheckBatch(randomFor: settings), production: production)
  }

  @Test("the table has a line for every layer and parameter, in columns of one width")
  func table() throws {
    let report = try report()
    let lines = report.text.split(separator: "\n").map(String.init)
    #expect(
      lines[0]
        == "Gradient check of 5-4-3-10, batch normalization before, init he, b and β ± 0.1, γ 1 ± 0.1"
    )
    let rows = lines[4..<14].map { $0.split(separator: " ").prefix(2).joined(separator: " ") }
    #expect(rows == ["1 W", "1 b", "1 γ", "1 β", "2 W", "2 b", "2 γ", "2 β", "3 W", "3 b"])
    #expect(lines.filter { $0.contains("gradient is zero") }.count == 2)
    let widths = lines[3..<14].filter { !$0.contains("gradient is zero") }.map(\.count)
    #expect(Set(widths).count == 1)
    #expect(report.passes && report.failures.isEmpty)
  }

  @Test("a last table has the statistics of every gradient, of those that are zero too")
  func statistics() throws {
    let report = try report()
    let lines = report.text.split(separator: "\n").map(String.init)
    #expect(lines[14].hasSuffix("max_diff is the largest a − g with its sign"))
    let cells = lines[15...].map { $0.split(separator: " ").map(String.init) }
    #expect(cells[0] == ["layer", "parameter", "mean", "std", "mean_diff", "std_diff", "max_diff"])
    #expect(cells.dropFirst().map { $0[1] } == ["W", "b", "γ", "β", "W", "b", "γ", "β", "W", "b"])
    for (cells, tensor) in zip(cells.dropFirst(), report.differences.tensors) {
      let found = try #require(tensor.statistics)
      let expected = [
        found.mean, found.std, found.meanDifference, found.stdDifference, found.maxDifference,
      ]
      for (cell, value) in zip(cells.dropFirst(2), expected) {
        // Two digits are shown.
        #expect(abs((Double(cell) ?? .nan) - value) <= 0.051 * abs(value))
      }
    }
    #expect(Set(lines[15...].map(\.count)).count == 1)
    // The gradients of the last biases are p − y, whose sum is 0 for each sample.
    let last = try #require(report.differences.tensors.last?.statistics)
    #expect(abs(last.mean) < 1e-16 && last.std > 1e-3)
  }

  @Test("ε of batch normalization reaches the network, the heading and the summary")
  func normalizationEpsilon() throws {
    let report = try report { $0.normalizationEpsilon = 0.25 }
    #expect(report.architecture.normalizationEpsilon == 0.25)
    #expect(report.text.contains("batch normalization before with ε 0.25, init he"))
    let text = String(
      decoding: try JSONEncoder().encode(GradientCheckSummary(report)), as: UTF8.self)
    #expect(text.contains("\"normalizationEpsilon\":0.25"))
    let plain = try self.report {
      $0.normalizationEpsilon = 0.25
      $0.batchNormalization = .none
    }
    #expect(!plain.text.contains("ε"))
  }

  @Test("a failure names the parameter and by how much the bound is exceeded")
  func failure() throws {
    let report = try report { $0.bound = 1e-300 }
    #expect(!report.passes)
    let first = try #require(report.failures.first)
    #expect(first.contains("W of layer 1 (layers.0.linear.weight)"))
    #expect(first.contains("times the bound 1e-300"))
  }

  @Test("a production gradient is compared in a second table")
  func production() throws {
    let report = try report(production: { network, _, _, _ in
      FloatVector(count: network.layout.count)
    })
    #expect(report.text.contains("Production against reference: eps = 0.0001, bound 0.001"))
    #expect(!report.passes)
    #expect(report.failures.allSatisfy { $0.hasPrefix("production against reference: ") })
    #expect(report.failures.count == 8, "the two zero gradients of the biases are right")
  }

  @Test("the summary holds the same numbers")
  func summary() throws {
    let report = try report()
    let data = try JSONEncoder().encode(GradientCheckSummary(report))
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(object["passed"] as? Bool == true)
    #expect(object["layers"] as? [Int] == [5, 4, 3, 10])
    let comparisons = try #require(object["comparisons"] as? [[String: Any]])
    let parameters = try #require(comparisons.first?["parameters"] as? [[String: Any]])
    #expect(parameters.count == 10)
    #expect(parameters[0]["tensor"] as? String == "layers.0.linear.weight")
    let maximum = try #require(parameters[0]["maximum"] as? Double)
    let expected = try #require(report.differences.tensors[0].summary?.maximum)
    #expect(abs(maximum - expected) <= 1e-12 * expected, "the parser rounds the last bit")
    #expect(parameters[1]["maximum"] == nil && parameters[1]["largestOfZero"] != nil)
    for (parameter, tensor) in zip(parameters, report.differences.tensors) {
      let gradient = try #require(parameter["gradient"] as? [String: Double])
      let found = try #require(tensor.statistics)
      let expected = [
        "mean": found.mean, "std": found.std, "meanDiff": found.meanDifference,
        "stdDiff": found.stdDifference, "maxDiff": found.maxDifference,
      ]
      #expect(Set(gradient.keys) == Set(expected.keys))
      for (name, value) in expected {
        #expect(abs((gradient[name] ?? .nan) - value) <= 1e-12 * abs(value), "\(name)")
      }
    }
  }

  @Test("the second comparison has no such statistics, since it is no difference quotient")
  func productionSummary() throws {
    let report = try report(production: { network, _, _, _ in
      FloatVector(count: network.layout.count)
    })
    let text = String(
      decoding: try JSONEncoder().encode(GradientCheckSummary(report)), as: UTF8.self)
    #expect(text.ranges(of: "\"gradient\":{").count == 10)
  }

  @Test("the figure names every tensor and says which gradients are zero")
  func figure() throws {
    let figure = try report().figure
    for label in ["W1", "γ1", "β1", "W2", "γ2", "β2", "W3", "b3"] {
      #expect(figure.contains(">\(label)<"))
    }
    #expect(figure.contains("gradient is zero"))
  }

  @Test("the same seed draws the same batch, another seed another")
  func batch() throws {
    var settings = GradientCheckSettings()
    let first = try GradientCheckBatch(randomFor: settings)
    let again = try GradientCheckBatch(randomFor: settings)
    #expect(first.inputs == again.inputs && first.labels == again.labels)
    #expect(first.inputs.count == settings.samples * settings.inputs)
    settings.seed += 1
    #expect(try GradientCheckBatch(randomFor: settings).inputs != first.inputs)
  }
}
