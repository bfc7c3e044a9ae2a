import Foundation
import StrataLab
import Testing

@Suite("Student's distribution")
struct StudentDistributionTests {
  @Test("quantiles and probabilities are mpmath's, from 1 to a million degrees of freedom")
  func golden() throws {
    let fixture = try StatisticsFixture.read()
    let quantiles = fixture.studentQuantiles.map {
      StudentDistribution(degreesOfFreedom: $0[0])?.quantile($0[1]) ?? .nan
    }
    #expect(worstRelativeError(quantiles, fixture.studentQuantiles.map { $0[2] }) < 1e-12)
    let probabilities = fixture.student.map {
      StudentDistribution(degreesOfFreedom: $0[0])?.cumulative($0[1]) ?? .nan
    }
    #expect(worstRelativeError(probabilities, fixture.student.map { $0[2] }) < 1e-12)
  }

  @Test(
    "with one and two degrees of freedom there are formulas", arguments: [1e-9, 0.01, 0.3, 0.8])
  func formulas(p: Double) throws {
    let one = try #require(StudentDistribution(degreesOfFreedom: 1)).quantile(p)
    #expect(worstRelativeError([one], [-1 / tan(Double.pi * p)]) < 1e-13)
    let two = try #require(StudentDistribution(degreesOfFreedom: 2)).quantile(p)
    #expect(worstRelativeError([two], [(2 * p - 1) / (2 * p * (1 - p)).squareRoot()]) < 1e-13)
  }

  @Test("both tails together are twice one")
  func twoTails() throws {
    let student = try #require(StudentDistribution(degreesOfFreedom: 9))
    #expect(student.twoTails(2.5) == 2 * student.cumulative(-2.5))
    #expect(student.twoTails(-2.5) == student.twoTails(2.5))
    #expect(student.twoTails(0) == 1)
  }

  @Test("what makes no sense has no distribution or is not a number, and infinity is a limit")
  func extremes() throws {
    for degrees in [0, -1, .nan, .infinity, 1e10] {
      #expect(StudentDistribution(degreesOfFreedom: degrees) == nil)
    }
    let student = try #require(StudentDistribution(degreesOfFreedom: 3))
    #expect(student.quantile(0) == -.infinity && student.quantile(1) == .infinity)
    #expect(student.quantile(0.5) == 0)
    #expect(student.cumulative(-.infinity) == 0 && student.cumulative(.infinity) == 1)
    #expect(student.cumulative(-1e200) == 0)
    for p in [-0.1, 1.1, .nan, .infinity] { #expect(student.quantile(p).isNaN) }
    #expect(student.cumulative(.nan).isNaN && student.twoTails(.nan).isNaN)
  }
}
