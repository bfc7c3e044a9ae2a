/// A dense matrix of `Double`s, row by row; in the reference a column is a sample.
package struct Matrix: Sendable, Equatable {
  /// The number of rows.
  package let rows: Int
  /// The number of columns.
  package let columns: Int
  /// Element (r, c) lies at r · columns + c.
  package var elements: [Double]

  /// Creates a matrix of zeros.
  package init(rows: Int, columns: Int) {
    self.init(rows: rows, columns: columns, elements: [Double](repeating: 0, count: rows * columns))
  }

  /// Creates a matrix from its elements, row by row.
  ///
  /// - Precondition: there are rows · columns elements.
  package init(rows: Int, columns: Int, elements: [Double]) {
    precondition(elements.count == rows * columns, "elements do not fit the shape")
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  /// Turns rows of samples, as the production path reads them, into columns: shape [length, n].
  ///
  /// - Precondition: `samples` holds whole rows.
  package init(columnsFrom samples: [Float], length: Int) {
    precondition(samples.count % length == 0, "samples are not whole rows")
    self.init(rows: length, columns: samples.count / length)
    for (position, value) in samples.enumerated() {
      self[position % length, position / length] = Double(value)
    }
  }

  /// One element.
  package subscript(row: Int, column: Int) -> Double {
    get { elements[row * columns + column] }
    set { elements[row * columns + column] = newValue }
  }

  /// One row.
  package subscript(row row: Int) -> ArraySlice<Double> {
    elements[(row * columns)..<((row + 1) * columns)]
  }

  /// Aᵀ.
  package var transposed: Matrix {
    var result = Matrix(rows: columns, columns: rows)
    for row in 0..<rows {
      for column in 0..<columns { result[column, row] = self[row, column] }
    }
    return result
  }

  /// Σ over the columns: one number a row.
  package var rowSums: [Double] {
    (0..<rows).map { self[row: $0].reduce(0, +) }
  }

  /// The mean over the columns: one number a row.
  package var rowMeans: [Double] {
    rowSums.map { $0 / Double(columns) }
  }

  /// A + b 1ᵀ: adds element r of a vector to every element of row r.
  package func adding(_ vector: [Double]) -> Matrix {
    mapRows { row, value in value + vector[row] }
  }

  /// Applies a function of the row's number and the element to every element.
  package func mapRows(_ transform: (Int, Double) -> Double) -> Matrix {
    var result = self
    for row in 0..<rows {
      for column in 0..<columns { result[row, column] = transform(row, self[row, column]) }
    }
    return result
  }

  /// A ⊙ B, element by element.
  package func hadamard(_ other: Matrix) -> Matrix {
    precondition(rows == other.rows && columns == other.columns, "shapes differ")
    return Matrix(
      rows: rows, columns: columns, elements: zip(elements, other.elements).map { $0 * $1 })
  }

  /// A B, shapes [m, k] and [k, n].
  package static func * (left: Matrix, right: Matrix) -> Matrix {
    precondition(left.columns == right.rows, "shapes do not match")
    var result = Matrix(rows: left.rows, columns: right.columns)
    for row in 0..<left.rows {
      for inner in 0..<left.columns {
        let factor = left[row, inner]
        for column in 0..<right.columns {
          result[row, column] += factor * right[inner, column]
        }
      }
    }
    return result
  }
}
