/// What a progress bar shows at one moment.
struct ProgressLine {
    let label: String
    let completed: Int
    let total: Int
    let unit: ProgressBar.Unit
    let elapsed: Duration

    private static let barWidths = 10...40
    /// In seconds; keeps a hopeless estimate within a `Duration`.
    private static let longestRemainder = 1e9

    /// Lays the line out for a terminal: `run1   42% ━━━━────── 4,200/10,001  12,345/s  ETA 0:03`.
    ///
    /// The bar takes the width that the words leave, and is omitted where there is too little.
    func text(for terminal: Terminal) -> String {
        // The last column stays empty: many terminals would wrap there.
        let room = terminal.width - 1
        let head = label.isEmpty ? percentage : "\(label) \(percentage)"
        let barWidth = min(room - head.displayWidth - tail.displayWidth - 2, Self.barWidths.upperBound)
        guard barWidth >= Self.barWidths.lowerBound else {
            return String("\(head) \(tail)".prefix(displayWidth: room))
        }
        let filled = Int(fraction * Double(barWidth))
        let done = terminal.styled(String(repeating: "━", count: filled), .cyan)
        let open = terminal.styled(String(repeating: "─", count: barWidth - filled), .dim)
        return "\(head) \(done)\(open) \(tail)"
    }

    private var fraction: Double {
        total > 0 ? min(max(Double(completed) / Double(total), 0), 1) : 1
    }

    private var percentage: String {
        let text = "\(Int(fraction * 100))%"
        return String(repeating: " ", count: max(0, 4 - text.count)) + text
    }

    private var tail: String {
        let counts = "\(countText(completed))/\(countText(total))"
        let seconds = elapsed / .seconds(1)
        guard completed > 0, seconds > 0 else { return counts }
        let rate = Double(completed) / seconds
        let remaining = min(Double(max(0, total - completed)) / rate, Self.longestRemainder)
        return "\(counts)  \(rateText(rate))/s  ETA \(Duration.seconds(remaining).clockText)"
    }

    private func countText(_ count: Int) -> String {
        switch unit {
        case .pieces: count.groupedText
        case .bytes: count.byteCountText
        }
    }

    private func rateText(_ rate: Double) -> String {
        unit == .pieces && rate < 100 ? rate.text(fractionDigits: 1) : countText(Int(min(rate, 1e15)))
    }
}
