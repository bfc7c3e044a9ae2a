import Testing

@Suite("strata doctor")
struct DoctorCommandTests {
  @Test("every check passes here, and the JSON says what was found")
  func healthy() throws {
    let bench = try Workbench()
    let result = try bench.run("doctor", "--json")
    #expect(result.status == 0, "\(result.errors)")
    let report = try result.json()
    for key in [
      "kernel", "precisions", "threads", "features", "memory_bytes", "disk_free_bytes", "data",
    ] {
      #expect(report[key] != nil, "\(key)")
    }
    #expect(report["healthy"] as? Bool == true)
    let checks = try #require(report["checks"] as? [[String: Any]])
    #expect(checks.compactMap { $0["name"] as? String } == ["gradients", "training", "threads"])
    #expect(checks.allSatisfy { $0["passed"] as? Bool == true })
  }
}
