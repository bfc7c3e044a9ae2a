import Testing

@Suite("strata reproduce --report")
struct HandedInCommandTests {
  @Test("it needs the whole assignment, and says so before any work: 64")
  func parts() throws {
    let bench = try Workbench()
    for names in [["assignment/depth"], ["report-2021"]] {
      let refused = try runStrata(["reproduce"] + names + ["--report"], in: bench.folder)
      #expect(refused.status == 64)
      #expect(refused.errors.contains("the whole document assignment"), "\(refused.errors)")
      #expect(refused.errors.contains("add assignment to the names"))
    }
    #expect(bench.names(in: ".") == ["tiny"])
    let whole = try runStrata(
      ["reproduce", "assignment", "--report", "--list", "--data-dir", "nowhere"], in: bench.folder)
    #expect(whole.status == 0, "\(whole.errors)")
  }
}
