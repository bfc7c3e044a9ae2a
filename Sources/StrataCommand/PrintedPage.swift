import StrataLab

/// A page as PDF; `nil` and a note if that fails.
func printedPage(_ page: ReportFile) -> [UInt8]? {
  switch PDFPrinter().print(String(decoding: page.content, as: UTF8.self)) {
  case .printed(let bytes, _): return bytes
  case .noProgram:
    Console.note(
      "strata: note: no PDF, since no program for it is installed; \(PDFPrinter.advice).")
  case .failed(let reason):
    Console.note("strata: note: no PDF, since \(reason)" + (reason.hasSuffix(".") ? "" : "."))
  }
  return nil
}
