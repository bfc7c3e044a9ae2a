import Strata
import Testing

@Suite struct MatrixTests {
  private let a = Matrix(rows: 2, columns: 3, elements: [1, 2, 3, 4, 5, 6])

  @Test("the product is the textbook's")
  func product() {
    let b = Matrix(rows: 3, columns: 2, elements: [7, 8, 9, 10, 11, 12])
    #expect(a * b == Matrix(rows: 2, columns: 2, elements: [58, 64, 139, 154]))
  }

  @Test("rows become columns, and sums and means run over the columns")
  func reductions() {
    #expect(a.transposed == Matrix(rows: 3, columns: 2, elements: [1, 4, 2, 5, 3, 6]))
    #expect(a.rowSums == [6, 15])
    #expect(a.rowMeans == [2, 5])
    #expect(Array(a[row: 1]) == [4, 5, 6])
  }

  @Test("a vector is added to every column, and ⊙ multiplies element by element")
  func elementwise() {
    #expect(a.adding([10, 20]).elements == [11, 12, 13, 24, 25, 26])
    #expect(a.hadamard(a).elements == [1, 4, 9, 16, 25, 36])
  }

  @Test("rows of samples become columns")
  func samples() {
    let matrix = Matrix(columnsFrom: [1, 2, 3, 4, 5, 6], length: 2)
    #expect(matrix == Matrix(rows: 2, columns: 3, elements: [1, 3, 5, 2, 4, 6]))
  }
}
