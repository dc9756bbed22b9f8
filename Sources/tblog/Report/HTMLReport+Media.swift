import CommandLineSupport
import Drawing
import Foundation
import MediaCoding
import TensorBoardLogs

/// The last images, texts and histograms.
extension HTMLReport {
    /// Images of all tags together take at most this, before they are written in base 64.
    private static let imageByteLimit = 6_000_000
    private static let imagesOfStepLimit = 4
    private static let textByteLimit = 20_000
    private static let allTextsByteLimit = 400_000
    private static let histogramLimit = 40

    /// A section for each kind of data that there is.
    func mediaSections(imageLimit: Int) -> [Section?] {
        [histograms, images(limit: imageLimit), texts]
    }

    /// The contents of one kind by tag, and how each is shown.
    private func byTag<Shown>(_ show: (ReportData.LastContent) -> Shown?) -> [(tag: String, shown: [Shown])] {
        var result: [(tag: String, shown: [Shown])] = []
        for content in data.contents {
            guard let shown = show(content) else { continue }
            // By bytes: Swift calls some different tags equal.
            if let last = result.last, last.tag.utf8.elementsEqual(content.tag.utf8) {
                result[result.count - 1].shown.append(shown)
            } else {
                result.append((content.tag, [shown]))
            }
        }
        return result
    }

    private func caption(_ content: ReportData.LastContent, _ more: String = "", showsTag: Bool = false) -> String {
        let run =
            data.runs.count > 1
            ? runLabel(content.run, isShort: true) + " "
            : showsTag ? "<span class=\"name\">\(content.tag.markupEscaped)</span> " : ""
        return "\(run)<span class=\"step\">step \(content.step.groupedText)\(more)</span>"
    }

    private func images(limit: Int) -> Section? {
        var (count, byteCount, leftOut) = (0, 0, 0)
        let tags = byTag { content -> String? in
            guard case .images(let files) = content.content else { return nil }
            var figures = ""
            for (number, file) in files.enumerated() {
                guard number < Self.imagesOfStepLimit, count < limit, byteCount + file.count <= Self.imageByteLimit,
                    let image = try? EncodedImage(probing: file)
                else {
                    leftOut += 1
                    continue
                }
                (count, byteCount) = (count + 1, byteCount + file.count)
                let which = files.count > 1 ? ", \(number + 1) of \(files.count)" : ""
                let name = "\(content.tag) of \(data.names[content.run]), step \(content.step)\(which)"
                // Few pixels are shown as such.
                let (wide, look) =
                    image.width < 160 ? (min(image.width * 4, 224), " class=\"pixels\"") : (min(image.width, 480), "")
                figures += """
                    <figure><img\(look) src="data:\(image.format.mimeType);base64,\(Data(file).base64EncodedString())" \
                    alt="\(name.markupEscaped)" width="\(wide)" \
                    height="\(max(1, image.height * wide / image.width))"/>\
                    <figcaption>\(caption(content, which, showsTag: true))</figcaption></figure>

                    """
            }
            return figures
        }
        guard !tags.isEmpty, count > 0 || leftOut > 0 else { return nil }
        let shownTags = tags.filter { !$0.shown.joined().isEmpty }
        // One run has one image of each tag most often: side by side they need no headings.
        let body =
            data.runs.count == 1
            ? ["<div class=\"images\">\n\(shownTags.flatMap(\.shown).joined())</div>"]
            : shownTags.map { tag, shown in
                "<h3>\(tag.markupEscaped)</h3>\n<div class=\"images\">\n\(shown.joined())</div>"
            }
        let note =
            leftOut == 0
            ? "" : Self.note("\(Self.counted(leftOut, "image")) left out; 'tblog export --files' writes all.")
        return Section(id: "images", title: "Last images", body: body.joined(separator: "\n") + note)
    }

    private var texts: Section? {
        var (byteCount, leftOut) = (0, 0)
        let tags = byTag { content -> String? in
            guard case .text(let text) = content.content else { return nil }
            guard byteCount < Self.allTextsByteLimit else {
                leftOut += 1
                return ""
            }
            let html = Self.html(text)
            byteCount += html.utf8.count
            return "<article><p class=\"caption\">\(caption(content))</p>\n\(html)\n</article>"
        }
        guard !tags.isEmpty else { return nil }
        let body = tags.filter { !$0.shown.joined().isEmpty }.map { tag, shown in
            "<h3>\(tag.markupEscaped)</h3>\n<div class=\"texts\">\(shown.joined(separator: "\n"))</div>"
        }
        let note =
            leftOut == 0
            ? "" : Self.note("\(Self.counted(leftOut, "text")) left out; 'tblog export --files' writes all.")
        return Section(id: "texts", title: "Last texts", body: body.joined(separator: "\n") + note)
    }

    private static func html(_ text: LoggedText) -> String {
        let limit = max(200, textByteLimit / max(1, text.texts.count))
        let isShort = text.texts.allSatisfy { $0.utf8.count <= limit }
        let cells = text.texts.prefix(1000).map {
            MarkdownPage.html(String(decoding: $0.utf8.prefix(limit), as: UTF8.self))
        }
        let note =
            isShort && cells.count == text.texts.count
            ? "" : note("The text is cut off; 'tblog export --files' writes all of it.")
        guard text.shape.count == 2, text.shape[1] > 1 else {
            return "<div class=\"text\">\(cells.joined(separator: "\n"))</div>" + note
        }
        let rows = stride(from: 0, to: cells.count, by: text.shape[1]).map { start in
            "<tr>" + cells[start..<min(start + text.shape[1], cells.count)].map { "<td>\($0)</td>" }.joined() + "</tr>"
        }
        return "<div class=\"table\"><table><tbody>\(rows.joined(separator: "\n"))</tbody></table></div>"
            + note
    }

    private var histograms: Section? {
        let tags = byTag { content -> (ReportData.LastContent, LoggedHistogram)? in
            guard case .histogram(let histogram) = content.content else { return nil }
            return (content, histogram)
        }
        guard !tags.isEmpty else { return nil }
        let cards = tags.prefix(Self.histogramLimit).compactMap { tag, shown -> String? in
            let lines = shown.map { content, histogram in
                let outline = histogram.outline
                let look = ChartStyle.look(ofRun: content.run)
                var line = Figure.Series.line(
                    data.runs.count > 1 ? data.shortNames[content.run] : "",
                    x: outline.x,
                    y: outline.y,
                    color: look.color
                ).thinned(columns: 300)
                line.dash = look.dash
                return line
            }
            var figure = Figure(lines, xAxis: .init("value"), yAxis: .init())
            (figure.width, figure.height) = (320, 180)
            // All end at zero, where names would only be in the way.
            figure.legend = .hidden
            let steps = Set(shown.map(\.0.step))
            let step = steps.count == 1 ? "at step \(shown[0].0.step.groupedText)" : "at the last step of each run"
            guard let svg = try? figure.svgElement(name: tag, description: "Distribution of \(tag) \(step).") else {
                return nil
            }
            return
                "<figure class=\"card\"><figcaption>\(tag.markupEscaped) <span class=\"step\">\(step)</span></figcaption>\n\(svg)</figure>"
        }
        let rest = tags.count - cards.count
        let note = rest > 0 ? Self.note("\(Self.counted(rest, "histogram")) left out; choose some with --tag.") : ""
        let body = "<div class=\"cards small\">\n\(cards.joined(separator: "\n"))\n</div>" + note
        return Section(id: "histograms", title: "Last histograms", body: body)
    }

    private static func counted(_ count: Int, _ noun: String) -> String {
        count == 1 ? "1 \(noun) is" : "\(count.groupedText) \(noun)s are"
    }

    private static func note(_ text: String) -> String { "\n<p class=\"note\">\(text.markupEscaped)</p>" }
}

extension EncodedImage.Format {
    fileprivate var mimeType: String {
        switch self {
        case .png: "image/png"
        case .jpeg: "image/jpeg"
        case .gif: "image/gif"
        case .bmp: "image/bmp"
        }
    }
}

extension LoggedHistogram {
    /// The outline of the bars.
    fileprivate var outline: (x: [Double], y: [Double]) {
        let bins = binned(count: 40)
        guard let first = bins.first, let last = bins.last else { return ([], []) }
        let inner = bins.flatMap { [($0.lowerBound, $0.count), ($0.upperBound, $0.count)] }
        let points = [(first.lowerBound, 0)] + inner + [(last.upperBound, 0)]
        return (points.map(\.0), points.map(\.1))
    }
}
