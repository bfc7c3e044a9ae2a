/// A document of text, tables, figures and images: one page of HTML, and files beside it.
package struct Report: Sendable {
  /// A part with a heading, which the table of contents lists.
  package struct Section: Sendable {
    /// The heading.
    package let heading: String
    /// Its content.
    package var blocks: [Block]

    package init(_ heading: String, _ blocks: [Block]) {
      self.heading = heading
      self.blocks = blocks
    }
  }

  /// A part of a section.
  package enum Block: Sendable {
    /// A smaller heading.
    case heading(String)
    /// Sentences.
    case paragraph(String)
    /// A table.
    case table(ReportTable)
    /// A table that a reader opens.
    case foldedTable(ReportTable)
    /// A drawing.
    case figure(ReportFigure)
    /// Pictures beside each other.
    case gallery(ReportGallery)
    /// Commands, one a line.
    case commands([String])
  }

  /// The title.
  package let title: String
  /// Paragraphs at the beginning: the answers in plain words.
  package let introduction: [String]
  /// The parts.
  package let sections: [Section]
  /// How the page looks.
  let style: ReportStyle

  package init(
    title: String, introduction: [String], sections: [Section], style: ReportStyle = .page
  ) {
    self.title = title
    self.introduction = introduction
    self.sections = sections
    self.style = style
  }
}

/// A drawing with the commands that repeat it.
package struct ReportFigure: Sendable {
  /// The name of its file, without an ending.
  package let name: String
  /// The document that a function such as `curvesFigure` draws; it carries no identifiers, so that
  /// several can stand in one page.
  package let svg: String
  /// The caption.
  package let caption: String
  /// The commands that repeat it, one a line.
  package let commands: [String]

  package init(name: String, svg: String, caption: String, commands: [String] = []) {
    self.name = name
    self.svg = svg
    self.caption = caption
    self.commands = commands
  }
}

/// Pictures beside each other.
package struct ReportGallery: Sendable {
  /// A picture.
  package struct Picture: Sendable {
    /// The pixels.
    package let image: PixelImage
    /// The alternative text.
    package let alternative: String
    /// The lines below it.
    package let caption: [String]

    package init(_ image: PixelImage, alternative: String, caption: [String] = []) {
      self.image = image
      self.alternative = alternative
      self.caption = caption
    }
  }

  /// The caption.
  package let caption: String
  /// The pictures.
  package let pictures: [Picture]
  /// The side of a pixel of a picture in pixels of the page.
  package let magnification: Int

  package init(caption: String, pictures: [Picture], magnification: Int) {
    self.caption = caption
    self.pictures = pictures
    self.magnification = magnification
  }
}

extension Report {
  /// All tables, in the order of the page.
  package var tables: [ReportTable] {
    sections.flatMap(\.blocks).compactMap { block in
      switch block {
      case .table(let table), .foldedTable(let table): table
      default: nil
      }
    }
  }

  /// All drawings, in the order of the page.
  package var figures: [ReportFigure] {
    sections.flatMap(\.blocks).compactMap { block in
      if case .figure(let figure) = block { figure } else { nil }
    }
  }
}
