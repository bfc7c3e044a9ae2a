extension KernelSet {
  func activate(_ activation: Activation, _ x: MatrixView, into y: MatrixView) {
    rectify(x, into: y)
  }

  func activateBackward(_ activation: Activation, at z: MatrixView, _ gradient: MatrixView) {
    rectifyGradient(gradient, where: z)
  }
}
