import Strata

extension Report {
  /// The report as one page that refers to nothing outside itself and needs no script.
  package var html: String {
    var page = ReportPage()
    let parts = sections.enumerated().map { page.section($1, id: Self.id($0)) }
    let head = HTML.element(
      "head",
      children: [
        .void("meta", ["charset": "utf-8"]),
        .void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
        .void(
          "meta",
          [
            "http-equiv": "Content-Security-Policy",
            "content": "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
          ]),
        .void("meta", ["name": "generator", "content": "strata \(strataVersion)"]),
        .element("title", text: title), .styleSheet(style.sheet),
      ])
    let heading = HTML.element(
      "header",
      children: [.element("h1", text: title)] + introduction.map { .element("p", text: $0) })
    let body = HTML.element(
      "body", children: [heading] + contents + [.element("main", children: [.lines(parts)])])
    return "<!DOCTYPE html>\n"
      + HTML.element("html", ["lang": "en"], children: [head, body]).source + "\n"
  }

  /// The list of sections with links to them; nothing where there is one, and in a compact report.
  private var contents: [HTML] {
    guard sections.count > 1, style == .page else { return [] }
    let items = sections.enumerated().map { index, section in
      HTML.element(
        "li", children: [.element("a", ["href": "#" + Self.id(index)], text: section.heading)])
    }
    return [
      .element(
        "nav", ["aria-label": "Contents"],
        children: [.element("h2", text: "Contents"), .element("ol", children: items)])
    ]
  }

  private static func id(_ section: Int) -> String { "section-\(section + 1)" }
}

/// Turns blocks into HTML and counts tables and figures.
private struct ReportPage {
  private var tables = 0
  private var figures = 0

  mutating func section(_ section: Report.Section, id: String) -> HTML {
    let heading = HTML.element("h2", ["id": id], text: section.heading)
    return .element(
      "section", ["aria-labelledby": id],
      children: [.lines([heading] + section.blocks.map { html($0) })])
  }

  private mutating func html(_ block: Report.Block) -> HTML {
    switch block {
    case .heading(let text): return .element("h3", text: text)
    case .paragraph(let text): return .element("p", text: text)
    case .commands(let lines): return commands(lines)
    case .table(let table): return html(table)
    case .foldedTable(let table):
      let summary = HTML.element("summary", text: table.title)
      return .element("details", children: [summary, html(table)])
    case .figure(let figure): return html(figure)
    case .gallery(let gallery): return html(gallery)
    }
  }

  private mutating func html(_ table: ReportTable) -> HTML {
    tables += 1
    let label = "Table \(tables). \(table.title)"
    return table.html(label: label)
  }

  private mutating func html(_ figure: ReportFigure) -> HTML {
    let paper = HTML.element("div", ["class": "paper"], children: [.drawing(figure.svg)])
    let element = HTML.element(
      "figure", ["class": "drawing"], children: [paper, caption(figure.caption)])
    return figure.commands.isEmpty ? element : .lines([element, commands(figure.commands)])
  }

  private mutating func html(_ gallery: ReportGallery) -> HTML {
    let pictures = gallery.pictures.map { html($0, magnification: gallery.magnification) }
    return .element(
      "figure",
      children: [
        .element("div", ["class": "gallery"], children: pictures), caption(gallery.caption),
      ])
  }

  private func html(_ picture: ReportGallery.Picture, magnification: Int) -> HTML {
    let image = picture.image
    let element = HTML.void(
      "img",
      [
        "src": image.dataAddress, "alt": picture.alternative,
        "width": "\(image.width * magnification)", "height": "\(image.height * magnification)",
      ])
    guard !picture.caption.isEmpty else { return element }
    let lines = picture.caption.map { HTML.element("span", text: $0) }
    return .element("figure", children: [element, .element("figcaption", children: lines)])
  }

  private mutating func caption(_ text: String) -> HTML {
    figures += 1
    return .element(
      "figcaption", children: [.element("b", text: "Figure \(figures)."), .text(" " + text)])
  }

  private func commands(_ lines: [String]) -> HTML {
    .element("pre", children: [.lines(lines.map { .element("code", text: $0) })])
  }
}
