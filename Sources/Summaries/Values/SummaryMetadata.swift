/// Says which dashboard shows a tag, and under what name.
///
/// Both loaders of TensorBoard keep the metadata of a tag's first value in a run and ignore what comes later.
public struct SummaryMetadata: Sendable, Hashable {
    /// How the values of a tag are stored; decides how many of them a loader keeps.
    public enum DataClass: Int32, Sendable, Hashable {
        /// Left to the loader, which knows the stock dashboards by their plugin names.
        case unknown = 0
        /// One `Float` a step.
        case scalar = 1
        /// One tensor of any shape a step.
        case tensor = 2
        /// A sequence of large binary objects a step, such as images.
        case blobSequence = 3
    }

    /// The dashboard, for example `scalars` or `histograms`.
    public var pluginName: String
    /// The dashboard's own message, already serialized; often empty.
    public var pluginContent: [UInt8]
    /// The title of the card; the tag if empty.
    public var displayName: String
    /// Shown with the card, in Markdown.
    public var summaryDescription: String
    /// How the values of the tag are stored.
    public var dataClass: DataClass

    /// Creates metadata for the values of one tag.
    ///
    /// - Parameters:
    ///   - pluginName: The dashboard, for example `scalars` or `histograms`.
    ///   - pluginContent: The dashboard's own message, already serialized.
    ///   - displayName: The title of the card; the tag if empty.
    ///   - summaryDescription: Shown with the card, in Markdown.
    ///   - dataClass: How the values of the tag are stored.
    public init(
        pluginName: String,
        pluginContent: [UInt8] = [],
        displayName: String = "",
        summaryDescription: String = "",
        dataClass: DataClass
    ) {
        self.pluginName = pluginName
        self.pluginContent = pluginContent
        self.displayName = displayName
        self.summaryDescription = summaryDescription
        self.dataClass = dataClass
    }
}
