/// Blocks of lines side by side.
package enum ChartGrid {
    /// The number of columns between two blocks.
    package static let gap = 2

    /// Puts blocks into rows, from left to right.
    ///
    /// - Parameters:
    ///   - blocks: The lines of each block.
    ///   - width: The number of columns of a block, to which its lines are cut off or filled up.
    ///   - count: The number of blocks in a row.
    ///   - rowGap: The number of empty lines between rows.
    /// - Returns: The lines of all rows.
    package static func lines(_ blocks: [[StyledLine]], width: Int, count: Int, rowGap: Int = 1) -> [StyledLine] {
        var lines: [StyledLine] = []
        for start in stride(from: 0, to: blocks.count, by: max(1, count)) {
            let row = blocks[start..<min(start + max(1, count), blocks.count)]
            if start > 0 { lines += Array(repeating: StyledLine(), count: rowGap) }
            for index in 0..<(row.map(\.count).max() ?? 0) {
                var line = StyledLine()
                for (column, block) in row.enumerated() {
                    if column > 0 { line.append(String(repeating: " ", count: gap)) }
                    line.append((index < block.count ? block[index] : StyledLine()).padded(to: width))
                }
                lines.append(line)
            }
        }
        return lines
    }
}
