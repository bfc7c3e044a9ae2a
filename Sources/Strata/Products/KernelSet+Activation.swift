internal import CStrataKernels

extension KernelSet {
  /// y ← f(x), element by element; x and y have one shape and stride and may be the same.
  func activate(_ activation: Activation, _ x: MatrixView, into y: MatrixView) {
    if let kind = activation.kind { activate(kind, x, into: y) } else { rectify(x, into: y) }
  }

  /// G ← G ⊙ f′(z), where z is what the activation received, of the shape and stride of G.
  ///
  /// ReLU may as well be given what it returned, which is positive where z is.
  func activateBackward(_ activation: Activation, at z: MatrixView, _ gradient: MatrixView) {
    if let kind = activation.kind {
      activateBackward(kind, at: z, gradient)
    } else {
      rectifyGradient(gradient, where: z)
    }
  }
}

extension Activation {
  /// The name in the table of kernels; `nil` for ReLU, which has entries of its own there.
  fileprivate var kind: strata_activation? {
    switch self {
    case .relu: nil
    case .leakyReLU: STRATA_LEAKY_RELU
    case .gelu: STRATA_GELU
    case .silu: STRATA_SILU
    case .tanh: STRATA_TANH
    }
  }
}
