internal import CStrataKernels

/// The entries of the C table as methods over matrices; nothing else reads the table.
///
/// Views are whole cache lines wide, and views that an entry reads or writes with one stride have the
/// same.
extension KernelSet {
  /// The most rows of A that a tile of A Bᵀ takes.
  var transposedTileRows: Int { table.pointee.nt_rows }
  /// The most rows of C that a tile of A B takes.
  var tileRows: Int { table.pointee.tile_rows }
  /// The most columns of C that a tile of A B takes.
  var tileColumns: Int { table.pointee.tile_columns }

  /// C = A Bᵀ or C ← C + A Bᵀ: shapes [n, d], [m, d] and [n, m], n at most `transposedTileRows`.
  func gemmTile(
    _ a: MatrixView, transposed b: MatrixView, into c: UnsafeMutablePointer<Float>, stride: Int,
    accumulating: Bool
  ) {
    table.pointee.gemm_nt(
      a.rows, b.rows, a.columns, a.base, a.stride, b.base, b.stride, c, stride,
      accumulating ? 1 : 0)
  }

  /// C ← β C + α A B: shapes [n, d], [d, m] and [n, m], at most `tileRows` by `tileColumns`.
  ///
  /// - Returns: 0 when every element of C is finite, NaN otherwise.
  func gemmTile(
    _ a: StridedFactor, _ b: MatrixView, into c: MatrixView, alpha: Float, beta: Float
  ) -> Float {
    table.pointee.gemm_tile(
      a.rows, c.columns, b.rows, a.base, a.rowStride, a.depthStride, b.base, b.stride, c.base,
      c.stride, alpha, beta)
  }

  /// Bᵀ = A, or Bᵀ ← Bᵀ + A, for the first `columns` columns of A.
  func transpose(
    _ a: MatrixView, columns: Int, into b: UnsafeMutablePointer<Float>, stride: Int,
    accumulating: Bool = false
  ) {
    table.pointee.transpose(
      a.rows, columns, a.base, a.stride, b, stride, accumulating ? 1 : 0)
  }

  /// Panels of `width` columns one after the other, each row by row; the last may be narrower.
  func pack(
    rows: Int, columns: Int, _ x: UnsafeMutablePointer<Float>, stride: Int, width: Int,
    into target: UnsafeMutablePointer<Float>
  ) {
    table.pointee.pack(rows, columns, x, stride, width, target)
  }

  /// Begins to fetch a part of a matrix.
  func prefetch(_ view: MatrixView) {
    strata_prefetch_rows(view.rows, view.columns, view.base, view.stride)
  }

  /// Standardizes the first `count` columns from `first` of some rows, then writes zeros to a whole
  /// cache line; the same columns of `next` are fetched meanwhile.
  ///
  /// - Parameter form: What is written: numbers, or pairs where the kernels multiply pairs.
  func standardize(
    rows: Int, count: Int, _ addresses: RowAddresses, next: RowAddresses, from first: Int,
    _ scaling: strata_scaling, _ form: InputScaling.Form, into x: MatrixView
  ) {
    let standardize =
      switch form {
      case .numbers: table.pointee.standardize
      case .neighbours: table.pointee.standardize_neighbours
      case .stacked: table.pointee.standardize_rows
      }
    guard let standardize else { preconditionFailure("kernels that have no pairs") }
    withUnsafePointer(to: scaling) {
      standardize(rows, count, addresses, next, first, $0, x.base, x.stride)
    }
  }

  /// sums[j] += pixels[j] and squares[j] += pixels[j]².
  func addMoments(
    of pixels: UnsafePointer<UInt8>, count: Int, sums: UnsafeMutablePointer<UInt32>,
    squares: UnsafeMutablePointer<UInt32>
  ) {
    table.pointee.byte_moments(count, pixels, sums, squares)
  }

  /// s = Σ_g partial_g + b, the `groups` matrices of sums `distance` numbers apart, b a row.
  func addBias(
    _ bias: UnsafePointer<Float>, toSumOf groups: Int, _ partial: UnsafePointer<Float>,
    distance: Int, into s: MatrixView
  ) {
    table.pointee.add_bias(
      s.rows, s.columns, groups, partial, distance, bias, s.base, s.stride)
  }

  /// y = f(x) of an activation besides ReLU; NaN stays NaN.
  func activate(_ kind: strata_activation, _ x: MatrixView, into y: MatrixView) {
    table.pointee.activate(kind, x.rows, x.columns, x.base, y.base, x.stride)
  }

  /// g ← g ⊙ f′(z).
  func activateBackward(_ kind: strata_activation, at z: MatrixView, _ gradient: MatrixView) {
    table.pointee.activate_gradient(kind, z.rows, z.columns, z.base, gradient.base, z.stride)
  }

  /// y = max(0, x), which keeps NaN.
  func rectify(_ x: MatrixView, into y: MatrixView) {
    table.pointee.relu(x.rows, x.columns, x.base, y.base, x.stride)
  }

  /// g ← g where y > 0, else 0.
  func rectifyGradient(_ gradient: MatrixView, where y: MatrixView) {
    table.pointee.relu_gradient(
      gradient.rows, gradient.columns, y.base, gradient.base, gradient.stride)
  }

  /// y ← y · scale + shift, rows alike, then max(0, y) if `rectifies`.
  func scaleAndShift(
    _ y: MatrixView, by scale: UnsafePointer<Float>, _ shift: UnsafePointer<Float>, rectifies: Bool
  ) {
    table.pointee.affine(
      y.rows, y.columns, y.base, scale, shift, rectifies ? 1 : 0, y.base, y.stride)
  }

  /// μ and v of each column: v = (1/n) Σ (x − μ)².
  func columnMoments(
    of x: MatrixView, mean: UnsafeMutablePointer<Double>, variance: UnsafeMutablePointer<Double>
  ) {
    table.pointee.column_moments(x.rows, x.columns, x.base, x.stride, mean, variance)
  }

  /// y = γ (x − μ)/√(v + ε) + β, then max(0, y) if `rectifies`.
  func normalize(
    _ x: MatrixView, _ moments: ColumnMoments, scale: UnsafePointer<Float>,
    shift: UnsafePointer<Float>, rectifies: Bool, into y: MatrixView
  ) {
    table.pointee.normalize(
      x.rows, x.columns, x.base, moments.mean, moments.variance, moments.epsilon, scale, shift,
      rectifies ? 1 : 0, y.base, x.stride)
  }

  /// From g = ∂J/∂y with ŷ = (x − μ)/√(v + ε): ∂J/∂γ = Σ g ŷ, ∂J/∂β = Σ g, and in place
  /// g ← γ (g − ∂J/∂β/n − ŷ ∂J/∂γ/n)/√(v + ε).
  func normalizeGradient(
    _ gradient: MatrixView, at x: MatrixView, _ moments: ColumnMoments,
    scale: UnsafePointer<Float>, scaleGradient: UnsafeMutablePointer<Float>,
    shiftGradient: UnsafeMutablePointer<Float>
  ) {
    table.pointee.normalize_gradient(
      x.rows, x.columns, x.base, moments.mean, moments.variance, moments.epsilon, scale,
      gradient.base, gradient.stride, scaleGradient, shiftGradient)
  }

  /// sums[j] = Σ_i x[i,j].
  func columnSums(of x: MatrixView, into sums: UnsafeMutablePointer<Float>) {
    table.pointee.column_sums(x.rows, x.columns, x.base, x.stride, sums)
  }

  /// y ← y + α x.
  ///
  /// - Returns: 0 when every y is finite, NaN otherwise.
  func add(
    _ alpha: Float, times x: UnsafePointer<Float>, count: Int, to y: UnsafeMutablePointer<Float>
  ) -> Float {
    table.pointee.scale_add(count, alpha, x, 1, y)
  }

  /// y ← β y.
  ///
  /// - Returns: 0 when every y is finite, NaN otherwise.
  func scale(_ y: UnsafeMutablePointer<Float>, count: Int, by beta: Float) -> Float {
    table.pointee.scale_add(count, 0, y, beta, y)
  }

  /// Moves `count` parameters along their gradient by a rule that remembers `first` and `second`.
  ///
  /// - Returns: 0 when every parameter is finite, NaN otherwise.
  func update(
    _ w: UnsafeMutablePointer<Float>, count: Int, along gradient: UnsafePointer<Float>,
    _ step: strata_update, _ first: UnsafeMutablePointer<Float>,
    _ second: UnsafeMutablePointer<Float>?
  ) -> Float {
    withUnsafePointer(to: step) {
      table.pointee.update(count, $0, gradient, first, second, w)
    }
  }

  /// y ← m ⊙ y with the mask of a layer and step for columns from `first`, a multiple of 16.
  func drop(_ y: MatrixView, from first: Int, layer: Int, _ dropout: Dropout) {
    var rule = strata_dropout(
      key: dropout.key, step: UInt32(truncatingIfNeeded: dropout.step), layer: UInt32(layer),
      threshold: dropout.threshold, scale: Float(dropout.scale))
    table.pointee.dropout(y.rows, first, y.columns, &rule, y.base - first, y.stride)
  }

  /// In place, row by row: the softmax over the first `classes` columns, 0 in the padding.
  func softmax(
    _ s: MatrixView, classes: Int, labels: UnsafePointer<Int32>?, _ outcome: RowOutcome
  ) {
    table.pointee.softmax(
      s.rows, classes, s.base, s.stride, labels, outcome.margins, outcome.sums,
      outcome.predictions)
  }

  /// Rounds a matrix to pairs of neighbours in its rows: (x[i,2j], x[i,2j+1]).
  func pairNeighbours(_ x: MatrixView, into pairs: MatrixView) {
    table.pointee.pair_neighbours(x.rows, x.columns, x.base, x.stride, pairs.base, pairs.stride)
  }

  /// Rounds a matrix to pairs of neighbours in its columns: (x[2i,j], x[2i+1,j]).
  func pairRows(_ x: MatrixView, into pairs: MatrixView) {
    table.pointee.pair_rows(x.rows, x.columns, x.base, x.stride, pairs.base, pairs.stride)
  }
}
