import CommandLineSupport
import Drawing
import TensorBoardLogs

/// A report as a web page: one file of HTML5 that is XML too, without scripts and without anything from elsewhere.
///
/// Every logged text passes ``Swift/String/markupEscaped``; a content security policy forbids scripts and connections even if
/// one did not.
struct HTMLReport {
    let data: ReportData
    private let style: ChartStyle
    private let imageLimit: Int

    /// The curves of a page share this number of columns, so that many runs and scalars make no huge file.
    private static let columnBudget = 120_000
    private static let columnRange = 60...900
    /// Tables with more rows are closed at first.
    private static let openRowLimit = 8

    init(_ data: ReportData, _ style: ChartStyle, imageLimit: Int) {
        self.data = data
        self.style = style
        self.imageLimit = imageLimit
    }

    /// The page.
    var text: String {
        let sections = [runs, scalars] + mediaSections(imageLimit: imageLimit)
        let shown = sections.compactMap(\.self)
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <meta name="color-scheme" content="light dark"/>
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; \
            style-src 'unsafe-inline'"/>
            <meta name="generator" content="tblog report"/>
            <title>\(data.title.markupEscaped)</title>
            <style>
            \(ReportStyle.sheet)
            \(Figure.svgStyle)
            </style>
            </head>
            <body>
            <header>
            <h1>\(data.title.markupEscaped)</h1>
            <p class="facts">\(data.facts.map { "<span>\($0.markupEscaped)</span>" }.joined(separator: " "))</p>
            \(contents(shown))</header>
            <main>
            \(shown.map(\.text).joined(separator: "\n"))
            </main>
            <footer><p>\(footer.markupEscaped)</p></footer>
            </body>
            </html>

            """
    }

    /// A part of the page with a heading.
    struct Section {
        let id: String
        let title: String
        let body: String

        var text: String {
            "<section id=\"\(id)\" aria-labelledby=\"\(id)-title\">\n<h2 id=\"\(id)-title\">\(title)</h2>\n\(body)\n</section>"
        }
    }

    private func contents(_ sections: [Section]) -> String {
        guard sections.count > 1 else { return "" }
        let links = sections.map { "<a href=\"#\($0.id)\">\($0.title)</a>" }
        return "<nav aria-label=\"Contents\">\(links.joined(separator: " "))</nav>\n"
    }

    private var footer: String {
        var parts = ["Tables are of every point that was logged; charts keep the extremes of each column of pixels."]
        if style.smoothing > 0 {
            parts.append("Lines are smoothed with \(style.smoothing) as in TensorBoard; the faint ones are not.")
        }
        if !data.faults.isEmpty { parts.append("Parts of the logs could not be read: 'tblog verify' says which.") }
        return (parts + ["Written by tblog report."]).joined(separator: " ")
    }
}

extension HTMLReport {
    /// Hyperparameters, and the table of runs, which is the legend of the charts.
    private var runs: Section? {
        let common = data.commonHyperparameters
        let isSingle = data.runs.count == 1
        var body = ""
        if !common.isEmpty {
            let pairs = common.map { name, value in
                "<div><dt>\(name.markupEscaped)</dt><dd>\(value.markupEscaped)</dd></div>"
            }
            let lead = isSingle ? "" : "<div class=\"lead\"><dt>In all runs</dt><dd></dd></div>"
            body += "<dl class=\"parameters\">\(lead)\(pairs.joined())</dl>\n"
        }
        guard !isSingle else {
            return body.isEmpty ? nil : Section(id: "runs", title: "Hyperparameters", body: body)
        }
        let names = data.differingHyperparameters
        guard !names.isEmpty else {
            let items = data.runs.indices.map { "<li>\(runLabel($0))</li>" }
            let list = "<ul class=\"legend\">\n\(items.joined(separator: "\n"))\n</ul>"
            return Section(id: "runs", title: "Runs", body: body + list)
        }
        var table = HTMLTable(["Run"] + names, numericFrom: 1)
        for (index, run) in data.runs.enumerated() {
            let values = names.map { run.hyperparameters?[$0]?.description ?? "" }
            table.append([runLabel(index)] + values.map(\.markupEscaped))
        }
        return Section(id: "runs", title: "Runs", body: body + table.text)
    }

    /// A name, which rather breaks after a slash than elsewhere.
    static func name(_ text: String) -> String {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { String($0).markupEscaped }
        return "<span class=\"name\">\(parts.joined(separator: "/<wbr/>"))</span>"
    }

    /// The name of a run with a piece of its line.
    func runLabel(_ index: Int, isShort: Bool = false) -> String {
        let look = ChartStyle.look(ofRun: index)
        let name = isShort ? data.shortNames[index] : data.names[index]
        let swatch =
            "<span class=\"swatch\" aria-hidden=\"true\">\(Figure.svgSwatch(look.color, dash: look.dash))</span>"
        return "<span class=\"run\">\(swatch)\(Self.name(name))</span>"
    }

    /// A chart of each scalar, in groups by the beginning of the tag as in TensorBoard.
    private var scalars: Section? {
        guard !data.comparisons.isEmpty else { return nil }
        let curveCount = data.comparisons.reduce(0) { $0 + $1.entries.count } * (style.smoothing > 0 ? 2 : 1)
        let columns = min(max(Self.columnBudget / curveCount, Self.columnRange.lowerBound), Self.columnRange.upperBound)
        let groups = data.comparisons.map(\.tag.groupName).uniqueNames()
        var parts = data.runs.count == 1 ? [singleRunTable] : []
        for group in groups {
            let members = data.comparisons.filter { $0.tag.groupName == group }
            let cards = members.map { card($0, columns: columns) }.joined(separator: "\n")
            let heading = groups.count > 1 && !group.isEmpty ? "<h3>\(group.markupEscaped)</h3>\n" : ""
            parts.append("\(heading)<div class=\"cards\">\n\(cards)\n</div>")
        }
        return Section(id: "scalars", title: "Scalars", body: parts.joined(separator: "\n"))
    }

    private func card(_ comparison: ScalarComparison, columns: Int) -> String {
        let chart = style.chart(of: comparison, in: data, size: (480, 270), columns: columns)
        // The figure was made here: it cannot be wrong in shape.
        let svg = (try? chart.figure.svgElement(name: comparison.tag, description: chart.description)) ?? ""
        let notes = chart.notes.isEmpty ? "" : "<p class=\"note\">\(chart.notes.joined(separator: " "))</p>\n"
        return """
            <figure class="card">
            <figcaption>\(comparison.tag.markupEscaped)</figcaption>
            \(svg)
            \(notes)\(data.runs.count == 1 ? "" : comparisonTable(comparison))</figure>
            """
    }

    private func values(_ entry: ScalarComparison.Entry) -> [String] {
        let last = entry.series.values[entry.series.count - 1]
        return [
            last.text(significantDigits: 6), entry.bestValue.map { $0.text(significantDigits: 6) } ?? "nan",
            entry.bestStep.map(\.groupedText) ?? "", (entry.series.mean ?? .nan).text(significantDigits: 6),
        ]
    }

    private func valueTitles(_ goals: Set<SeriesGoal>) -> [String] {
        let best = goals.count > 1 ? "Best" : goals.contains(.highest) ? "Highest" : "Lowest"
        return ["Last", best, "At step", "Mean"]
    }

    private func comparisonTable(_ comparison: ScalarComparison) -> String {
        var table = HTMLTable(["Run"] + valueTitles([comparison.goal]), numericFrom: 1)
        let best = comparison.bestEntries
        for (place, entry) in comparison.entries.enumerated() {
            var cells = values(entry)
            if best.contains(place) { cells[1] = "<strong>\(cells[1])</strong>" }
            table.append([runLabel(data.index(of: entry), isShort: true)] + cells)
        }
        let count = comparison.entries.count
        let open = count <= Self.openRowLimit ? " open=\"\"" : ""
        let summary = count == 1 ? "Values of 1 run" : "Values of \(count) runs"
        return "<details\(open)><summary>\(summary)</summary>\n\(table.text)\n</details>\n"
    }

    private var singleRunTable: String {
        let titles = ["Scalar"] + valueTitles(Set(data.comparisons.map(\.goal))) + ["Points", "Last step", "Time"]
        var table = HTMLTable(titles, numericFrom: 1)
        for comparison in data.comparisons {
            guard let entry = comparison.entries.first else { continue }
            let last = entry.series.count - 1
            table.append(
                [Self.name(comparison.tag)] + values(entry) + [
                    entry.series.count.groupedText, entry.series.steps[last].groupedText,
                    entry.seconds(to: last).secondsText,
                ]
            )
        }
        return table.text
    }
}

extension String {
    /// The part before the first slash, by which TensorBoard groups tags; empty if there is none.
    fileprivate var groupName: String { utf8.firstIndex(of: UInt8(ascii: "/")).map { String(self[..<$0]) } ?? "" }
}

/// A table of a page.
struct HTMLTable {
    private let titles: [String]
    private let firstNumber: Int
    private var rows = ""

    /// - Parameters:
    ///   - titles: The titles of the columns, as text.
    ///   - firstNumber: The first column of numbers.
    init(_ titles: [String], numericFrom firstNumber: Int) {
        self.titles = titles
        self.firstNumber = firstNumber
    }

    /// Adds a row, of which the first cell names it.
    ///
    /// - Parameter cells: Markup, which must be escaped.
    mutating func append(_ cells: [String]) {
        rows += "<tr>"
        for (column, cell) in cells.enumerated() {
            rows += column == 0 ? "<th scope=\"row\">\(cell)</th>" : "<td\(attribute(column))>\(cell)</td>"
        }
        rows += "</tr>\n"
    }

    private func attribute(_ column: Int) -> String { column >= firstNumber ? " class=\"number\"" : "" }

    var text: String {
        let heads = titles.enumerated().map { "<th scope=\"col\"\(attribute($0))>\($1.markupEscaped)</th>" }
        // It scrolls by itself where the page is narrow.
        return "<div class=\"table\"><table>\n<thead><tr>\(heads.joined())</tr></thead>\n<tbody>\n"
            + "\(rows)</tbody></table></div>"
    }
}
