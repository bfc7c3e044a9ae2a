import Foundation
import Strata
import StrataLab
import TestSupport
import Testing

@Suite("The page of a report")
struct ReportPageTests {
  private func report(title: String = "A report", blocks: [Report.Block]) -> Report {
    Report(
      title: title, introduction: ["First.", "Then."],
      sections: [Report.Section("One", blocks), Report.Section("Two & <three>", [])])
  }

  private var figure: ReportFigure {
    ReportFigure(
      name: "curves",
      svg: curvesFigure(
        history: FigureSamples.history(count: 5), title: "Curves",
        rate: FigureSamples.rate),
      caption: "What it shows.", commands: ["strata train --data 'a b'", "strata report <x>"])
  }

  private var gallery: ReportGallery {
    let image = PixelImage(width: 2, height: 1, isColored: false, bytes: [0, 255])
    return ReportGallery(
      caption: "Two.",
      pictures: [
        .init(image, alternative: "A \"dark\" & bright one", caption: ["image 1", "true: cat"]),
        .init(image, alternative: "Again"),
      ], magnification: 4)
  }

  private var table: ReportTable {
    ReportTable(name: "t", title: "T", columns: [.init("a")])
  }

  @Test("it is well formed, in a language, and needs nothing from outside and no script")
  func selfContained() throws {
    let page = report(
      blocks: [.figure(figure), .figure(figure), .gallery(gallery), .foldedTable(table)]
    ).html
    let parsed = try ParsedXML(xhtml(page))
    #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
    #expect(parsed.elements("script").isEmpty && parsed.elements("link").isEmpty)
    for element in parsed.elements {
      #expect(!element.attributes.keys.contains { $0.hasPrefix("on") })
      #expect(element.attributes["src"]?.hasPrefix("data:image/png;base64,") ?? true)
      #expect(element.attributes["href"]?.hasPrefix("#") ?? true)
    }
    #expect(!page.contains("url(") && !page.contains("@import"))
    #expect(page.components(separatedBy: "<?xml").count == 1)
  }

  @Test("identifiers are unique, and every link leads to one")
  func identifiers() throws {
    let page = report(blocks: [.figure(figure), .figure(figure)]).html
    let parsed = try ParsedXML(xhtml(page))
    let identifiers = parsed.elements.compactMap { $0.attributes["id"] }
    #expect(identifiers == ["section-1", "section-2"])
    #expect(parsed.elements("a").map { $0.attributes["href"] } == identifiers.map { "#" + $0 })
    #expect(parsed.texts.filter { $0 == "Two & <three>" }.count == 2)
  }

  @Test("figures and galleries are counted together, tables by themselves")
  func numbers() throws {
    let page = report(
      blocks: [.figure(figure), .table(table), .gallery(gallery), .foldedTable(table)]
    ).html
    let texts = try ParsedXML(xhtml(page)).texts
    #expect(texts.filter { $0.hasPrefix("Figure") } == ["Figure 1.", "Figure 2."])
    #expect(texts.filter { $0.hasPrefix("Table") } == ["Table 1. T", "Table 2. T"])
  }

  @Test("pictures have a text in their place, and their size")
  func pictures() throws {
    let parsed = try ParsedXML(xhtml(report(blocks: [.gallery(gallery)]).html))
    let images = parsed.elements("img").map(\.attributes)
    #expect(images.map { $0["alt"] } == ["A \"dark\" & bright one", "Again"])
    #expect(images.map { $0["width"] } == ["8", "8"] && images.map { $0["height"] } == ["4", "4"])
    #expect(parsed.texts.contains("true: cat"))
  }

  @Test("everything is shown as it was given")
  func escaped() throws {
    let evil = "</title><script>alert('1')</script>&amp;\""
    let page = report(
      title: evil,
      blocks: [.heading(evil), .paragraph(evil), .commands([evil]), .figure(figure)]
    ).html
    let parsed = try ParsedXML(xhtml(page))
    #expect(parsed.elements("script").isEmpty)
    #expect(parsed.texts.filter { $0 == evil }.count == 5)
    #expect(parsed.texts.contains("strata report <x>"))
  }
}
