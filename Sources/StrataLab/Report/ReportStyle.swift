/// How a report looks.
package enum ReportStyle: Sendable, Hashable {
  /// A long page with contents.
  case page
  /// A few sheets of paper, without contents and in small letters.
  case compact

  /// The rules.
  var sheet: String {
    switch self {
    case .page: pageRules
    case .compact: pageRules + compactRules
    }
  }
}

/// How a page looks: on wide and narrow screens, light and dark, and on paper.
///
/// Drawings keep their white paper in the dark, since their colours are chosen for it.
private let pageRules = """
  :root {
    color-scheme: light dark;
    --page: #ffffff; --ink: #1c1c1c; --faded: #555555; --line: #d5d5d5; --shade: #f4f4f2;
    --link: #005a8c;
  }
  * { box-sizing: border-box; }
  body {
    margin: 0 auto; max-width: 66rem; padding: 1.5rem 1rem 4rem; background: var(--page);
    color: var(--ink); font: 1rem/1.5 system-ui, "Helvetica Neue", Arial, "Liberation Sans",
    "DejaVu Sans", sans-serif;
  }
  h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 1rem; overflow-wrap: anywhere; }
  h2 { font-size: 1.4rem; line-height: 1.25; margin: 2.5rem 0 .75rem; padding-top: .5rem;
    border-top: 1px solid var(--line); }
  h3 { font-size: 1.1rem; margin: 1.75rem 0 .5rem; overflow-wrap: anywhere; }
  p { margin: .5rem 0; max-width: 44rem; }
  a { color: var(--link); }
  nav h2 { font-size: 1rem; border: 0; padding: 0; margin: 1.5rem 0 .25rem; }
  nav ol { margin: 0; padding-left: 1.5rem; }
  .table { margin: 1.25rem 0; }
  .wide { overflow-x: auto; }
  table { border-collapse: collapse; font-size: .92rem; font-variant-numeric: tabular-nums; }
  caption { text-align: left; padding-bottom: .5rem; }
  th, td { padding: .3rem .75rem; vertical-align: top; border-bottom: 1px solid var(--line); }
  th:first-child, td:first-child { padding-left: 0; }
  td.right { white-space: nowrap; }
  td.left { overflow-wrap: break-word; }
  td.left:last-child { min-width: 12rem; }
  thead th { vertical-align: bottom; border-bottom: 2px solid var(--ink); }
  tbody tr:last-child > * { border-bottom: 2px solid var(--ink); }
  tbody th { font-weight: normal; overflow-wrap: break-word; max-width: 14rem; }
  .left { text-align: left; }
  .right { text-align: right; }
  .note { color: var(--faded); font-size: .85rem; margin: .35rem 0; }
  details { margin: 1.25rem 0; }
  summary { cursor: pointer; }
  figure { margin: 1.5rem 0; }
  figcaption { font-size: .92rem; max-width: 44rem; }
  .paper { background: #ffffff; border: 1px solid var(--line); border-radius: 4px;
    overflow-x: auto; margin-bottom: .5rem; }
  .paper svg { display: block; width: 100%; max-width: 900px; min-width: 30rem; height: auto;
    margin: 0 auto; }
  img { image-rendering: pixelated; max-width: 100%; height: auto; display: block; }
  .gallery { margin-bottom: .5rem; }
  .gallery figure { display: inline-block; vertical-align: top; width: 8.5rem;
    margin: 0 .75rem .75rem 0; }
  .gallery figcaption { font-size: .8rem; line-height: 1.35; margin-top: .25rem; }
  .gallery figcaption span { display: block; }
  pre { background: var(--shade); padding: .6rem .8rem; border-radius: 4px; font-size: .85rem;
    white-space: pre-wrap; overflow-wrap: anywhere; }
  .drawing + pre { margin-top: -.75rem; }
  code { font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
  @media screen and (prefers-color-scheme: dark) {
    :root {
      --page: #16181a; --ink: #e6e6e3; --faded: #a9adb0; --line: #3c4043; --shade: #23272a;
      --link: #7cc4ee;
    }
  }
  @page {
    size: A4; margin: 16mm 15mm 18mm;
    @bottom-center { content: counter(page) " / " counter(pages); font: 9pt sans-serif; }
  }
  @media print {
    body { max-width: none; padding: 0; font-size: 10pt; }
    h2, h3, caption, summary { break-after: avoid; }
    tr, figure, pre { break-inside: avoid; }
    .drawing + pre { break-before: avoid; }
    thead { display: table-header-group; }
    table { font-size: 8.5pt; }
    td.left:last-child { min-width: 0; }
    th, td { padding: .25rem .45rem; }
    .wide, .paper { overflow: visible; }
    .paper { border: 0; }
    .paper svg { min-width: 0; max-height: 22cm; }
    a { color: inherit; text-decoration: none; }
    details::details-content { content-visibility: visible; height: auto; }
    * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  }

  """

/// What a report of a few sheets changes: smaller letters, figures of one width, and little space.
private let compactRules = """
  body { max-width: 50rem; font-size: .95rem; line-height: 1.4; }
  h1 { font-size: 1.5rem; margin-bottom: .5rem; }
  h2 { font-size: 1.1rem; margin: 1.5rem 0 .4rem; padding-top: .4rem; }
  p, figcaption { max-width: none; }
  .table { margin: .6rem 0; }
  table { font-size: .82rem; width: 100%; }
  th, td { padding: .15rem .5rem; }
  caption { padding-bottom: .2rem; }
  figure { margin: .6rem 0; }
  figcaption { font-size: .82rem; }
  .paper { border: 0; margin-bottom: 0; }
  pre { font-size: .68rem; line-height: 1.35; padding: .4rem .6rem; }
  @page { margin: 13mm 16mm 15mm; }
  @media print {
    body { font-size: 9.5pt; line-height: 1.32; }
    h1 { font-size: 15pt; margin-bottom: 4pt; }
    h2 { font-size: 11.5pt; margin: 10pt 0 3pt; padding-top: 4pt; }
    p { margin: 3pt 0; }
    .table, figure { margin: 4pt 0; }
    table, figcaption, caption { font-size: 8pt; }
    th, td { padding: 1pt 4pt; }
    .paper svg { width: 15cm; max-height: 11.5cm; }
    .table { break-inside: avoid; }
    .table:has(tr:nth-child(13)) { break-inside: auto; }
    pre { font-size: 6pt; line-height: 1.3; break-inside: auto; padding: 3pt 5pt; }
  }

  """
