/// A vector graphic to draw on: SVG 1.1, without scripts or anything from elsewhere.
///
/// Each colour is written twice: as an attribute for every program that shows SVG, and as a class, by which
/// ``SVGCanvas/darkStyle`` gives it another colour on a dark page.
struct SVGCanvas: DrawingSurface {
    private static let fontSize = 10
    private static let capitalHeight = Double(BitmapFont.capitalHeight)

    private let width: Int
    private let height: Int
    private var elements = ""

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    /// The graphic as an element.
    ///
    /// - Parameters:
    ///   - title: What it shows, in a few words.
    ///   - description: What it shows, for those who do not see it.
    ///   - isDocument: Whether it is a file of its own, which has its style in itself.
    /// - Returns: The element with all that is in it.
    func text(title: String, description: String, isDocument: Bool) -> String {
        let size = isDocument ? " width=\"\(width)\" height=\"\(height)\"" : ""
        let style = isDocument ? "<style>.tb-page{fill:#fff}\(Self.darkStyle)</style>" : ""
        let page =
            isDocument ? "<rect class=\"tb-page\" width=\"\(width)\" height=\"\(height)\" fill=\"#ffffff\"/>\n" : ""
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)"\(size) role="img" \
            font-family="-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,'Liberation Sans',sans-serif" \
            font-size="\(Self.fontSize)" stroke-linecap="round" stroke-linejoin="round">
            <title>\(title.markupEscaped)</title><desc>\(description.markupEscaped)</desc>\(style)
            \(page)\(elements)</svg>
            """
    }

    /// The graphic as an element that says nothing to those who do not see it.
    var decoration: String {
        "<svg viewBox=\"0 0 \(width) \(height)\" width=\"\(width)\" height=\"\(height)\">" + elements.dropLast()
            + "</svg>"
    }

    mutating func fill(_ rectangle: Canvas.Rectangle, _ color: Color) {
        elements += """
            <rect x="\(rectangle.x.svg)" y="\(rectangle.y.svg)" width="\(rectangle.width.svg)" \
            height="\(rectangle.height.svg)" \(Self.attributes(color, "fill"))/>

            """
    }

    mutating func polyline(_ points: [Canvas.Point], _ stroke: Stroke, clip: Canvas.Rectangle) {
        guard let first = points.first else { return }
        // An inner svg cuts off what is beyond its edges; a clip path would need a name that is unique in the page.
        elements += """
            <svg x="\(clip.x.svg)" y="\(clip.y.svg)" width="\(clip.width.svg)" height="\(clip.height.svg)" \
            viewBox="\(clip.x.svg) \(clip.y.svg) \(clip.width.svg) \(clip.height.svg)">\
            <path fill="none" \(Self.attributes(stroke.color, "stroke")) stroke-width="\(stroke.width.svg)"
            """
        if stroke.opacity < 1 { elements += " opacity=\"\(stroke.opacity.svg)\"" }
        if !stroke.dash.isEmpty {
            // Round ends would fill the gaps.
            let dash = stroke.dash.map(\.svg).joined(separator: " ")
            elements += " stroke-dasharray=\"\(dash)\" stroke-linecap=\"butt\""
        }
        elements += " d=\"M\(first.x.svg) \(first.y.svg)"
        // Differences are shorter to write. They are of rounded numbers, so that errors do not add up.
        var last = (x: first.x.tenths, y: first.y.tenths)
        elements += points.count == 1 ? "h0" : "l"
        for (index, point) in points.dropFirst().enumerated() {
            let place = (x: point.x.tenths, y: point.y.tenths)
            let (x, y) = (Self.text(tenths: place.x - last.x), Self.text(tenths: place.y - last.y))
            elements += "\(index == 0 || x.hasPrefix("-") ? "" : " ")\(x)\(y.hasPrefix("-") ? "" : " ")\(y)"
            last = place
        }
        elements += "\"/></svg>\n"
    }

    mutating func text(_ text: String, at position: Canvas.Point, _ color: Color, anchor: Canvas.TextAnchor) {
        guard !text.isEmpty else { return }
        let anchorName =
            switch anchor {
            case .leading: ""
            case .center: " text-anchor=\"middle\""
            case .trailing: " text-anchor=\"end\""
            }
        elements += """
            <text x="\(position.x.svg)" y="\((position.y + Self.capitalHeight).svg)"\(anchorName) \
            \(Self.attributes(color, "fill"))>\(text.markupEscaped)</text>

            """
    }

    mutating func beginGroup(_ name: String) {
        elements += name.isEmpty ? "<g>" : "<g><title>\(name.markupEscaped)</title>"
    }

    mutating func endGroup() { elements += "</g>\n" }

    /// Writes tenths of a point as a number.
    static func text(tenths: Int) -> String {
        let (whole, rest) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
        let sign = tenths < 0 ? "-" : ""
        guard rest > 0 else { return "\(sign)\(whole)" }
        return "\(sign)\(whole > 0 ? "\(whole)" : "").\(rest)"
    }
}

extension SVGCanvas {
    /// The colours that a dark page needs others for: those of the palette in their order, then the inks.
    private static let darkColors: [(light: Color, dark: Color)] =
        zip(
            Color.palette,
            [0x4A_A8_E8, 0xF2_81_3A, 0x2E_C4_97, 0xE6_A3_CB, 0xF0_B8_40, 0x8F_D3_F7, 0xE8_E8_E8].map { Color($0) }
        ).map { ($0, $1) } + [
            (Ink.strong, Color(0xEC_EC_EC)), (Ink.soft, Color(0xB4_B4_B4)), (Ink.frame, Color(0x77_77_77)),
            (Ink.grid, Color(0x3A_3A_3A)),
        ]

    /// A style sheet for dark pages.
    static let darkStyle: String = {
        let rules = darkColors.enumerated().map { index, colors in
            ".tb-l\(index){stroke:\(colors.dark.hexadecimal)}.tb-f\(index){fill:\(colors.dark.hexadecimal)}"
        }
        return "@media screen and (prefers-color-scheme:dark){.tb-page{fill:#1b1b1d}\(rules.joined())}"
    }()

    /// An attribute with a colour, and the class that changes it.
    fileprivate static func attributes(_ color: Color, _ name: String) -> String {
        let attribute = "\(name)=\"\(color.hexadecimal)\""
        guard let index = darkColors.firstIndex(where: { $0.light == color }) else { return attribute }
        return "class=\"tb-\(name == "fill" ? "f" : "l")\(index)\" \(attribute)"
    }
}

extension Color {
    /// The colour as web pages write it: `#e69f00`.
    var hexadecimal: String {
        let digits = String(UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue), radix: 16)
        return "#" + String(repeating: "0", count: 6 - digits.count) + digits
    }
}

extension Double {
    fileprivate var tenths: Int { Int((min(max(self, -1e6), 1e6) * 10).rounded()) }

    /// The number with one digit after the point, which is a twentieth of a pixel on a sharp screen.
    fileprivate var svg: String { SVGCanvas.text(tenths: tenths) }
}

extension String {
    /// The text as content or attribute of XML and HTML.
    ///
    /// Control characters but tab and line feed, and what else no document may have, are replaced by U+FFFD; so are the
    /// characters that turn the direction of what follows.
    package var markupEscaped: String {
        var text = ""
        text.reserveCapacity(utf8.count)
        for scalar in unicodeScalars {
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"": text += "&quot;"
            case "'": text += "&#39;"
            case "\t", "\n": text.unicodeScalars.append(scalar)
            case "\u{202a}"..."\u{202e}", "\u{2066}"..."\u{2069}": text += "\u{fffd}"
            default:
                let isForbidden = scalar.properties.generalCategory == .control || scalar.value & 0xFFFE == 0xFFFE
                text.unicodeScalars.append(isForbidden ? "\u{fffd}" : scalar)
            }
        }
        return text
    }
}
