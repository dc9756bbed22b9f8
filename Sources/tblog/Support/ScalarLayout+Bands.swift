import TensorBoard
import TensorBoardLogs

extension ScalarLayout {
    /// A chart for each tag with its mean in a band; those with the same prefix up to the first slash share a category.
    ///
    /// - Parameters:
    ///   - tags: The tags, at least one, each followed by `/mean` and the ends for the edges in the run.
    ///   - lower: The end of the tags of the lower edges.
    ///   - upper: The end of the tags of the upper edges.
    /// - Returns: The layout.
    static func bands(of tags: [String], lower: String, upper: String) -> ScalarLayout {
        let groups = NameDictionary(grouping: tags) { String($0.prefix { $0 != "/" }) }
        return ScalarLayout {
            for (group, tags) in groups {
                ChartCategory(group) {
                    for tag in tags {
                        MarginChart(tag, [.init("\(tag)/mean", lower: "\(tag)/\(lower)", upper: "\(tag)/\(upper)")])
                    }
                }
            }
        }
    }
}
