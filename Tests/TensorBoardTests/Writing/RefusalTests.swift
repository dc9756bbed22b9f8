import TensorBoard
import TestSupport
import Testing

struct RefusalTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    /// The issues that come of logging the summaries, each in a step of its own, and how many values are in the file.
    private func log(_ summaries: [SummaryValue]) throws -> (issues: [TensorBoardError], written: Int) {
        let issues = IssueCollector()
        let options = SummaryWriter.Options(onIssue: issues.collect)
        let writer = try SummaryWriter(logDirectory: directory.appending("run"), options: options)
        for (step, summary) in summaries.enumerated() { writer.add(summary, step: step) }
        try writer.close()
        let events = try directory.appending("run").eventFiles().flatMap { try $0.loggedEvents() }
        return (issues.all, try events.reduce(0) { try $0 + $1.values.count })
    }

    private static func tensor(
        _ plugin: String,
        _ shape: [Int],
        _ elements: TensorValue.Elements,
        dataClass: SummaryMetadata.DataClass = .unknown
    ) -> SummaryValue {
        SummaryValue(
            tag: "x",
            payload: .tensor(TensorValue(shape: shape, elements: elements)),
            metadata: SummaryMetadata(pluginName: plugin, dataClass: dataClass)
        )
    }

    static let misfits: [SummaryValue] = [
        tensor("scalars", [], .double([1])),
        tensor("scalars", [1], .float([1])),
        tensor("histograms", [2], .double([1, 2])),
        tensor("histograms", [1, 3], .int64([1, 2, 3])),
        tensor("images", [2], .string([[], []])),
        tensor("images", [3], .float([1, 2, 3])),
        tensor("audio", [], .string([[]])),
        tensor("text", [], .float([1])),
        tensor("pr_curves", [5, 1], .float([1, 2, 3, 4, 5])),
        tensor("pr_curves", [6, 0], .float([])),
        tensor("mesh", [1, 3], .float([1, 2, 3])),
        tensor("mesh", [1, 1, 3], .double([1, 2, 3])),
        tensor("custom_scalars", [2], .string([[], []])),
        tensor("mine", [], .float([1])),
        tensor("mine", [1], .float([1]), dataClass: .scalar),
        tensor("mine", [1], .float([1]), dataClass: .blobSequence),
        tensor("mine", [], .string([[]]), dataClass: .blobSequence),
        tensor("mine", [0], .uint32([]), dataClass: .tensor),
        tensor("mine", [1], .bfloat16(bits: [1]), dataClass: .tensor),
        SummaryValue(
            tag: "x",
            payload: .scalar(1),
            metadata: SummaryMetadata(pluginName: "text", dataClass: .tensor)
        ),
        SummaryValue(
            tag: "x",
            payload: .histogram(Histogram([1, 2] as [Float])),
            metadata: SummaryMetadata(pluginName: "scalars", dataClass: .scalar)
        ),
    ]

    @Test(arguments: misfits)
    func aFormThatBreaksALoaderIsRefusedWithTheReason(_ misfit: SummaryValue) throws {
        let (issues, written) = try log([misfit])
        #expect(issues.map(\.code) == [.invalidSummary])
        #expect(issues.first?.tag == "x")
        #expect(written == 0)
    }

    static let fits: [SummaryValue] = [
        tensor("scalars", [], .float([1])),
        tensor("histograms", [0, 3], .double([])),
        tensor("images", [3], .string([[], [], []])),
        tensor("audio", [1], .string([[]])),
        tensor("text", [1, 2], .string([[], []])),
        tensor("pr_curves", [6, 1], .float([1, 2, 3, 4, 5, 6])),
        tensor("mesh", [1, 1, 3], .uint8([1, 2, 3])),
        tensor("hparams", [0], .float([])),
        tensor("mine", [2], .half(bits: [1, 2]), dataClass: .tensor),
        tensor("mine", [2], .complex64([[1, 2], [3, 4]]), dataClass: .tensor),
        tensor("", [2], .int8([1, 2])),
        SummaryValue(
            tag: "x",
            payload: .scalar(1),
            metadata: SummaryMetadata(pluginName: "mine", dataClass: .scalar)
        ),
        SummaryValue(tag: "x", payload: .histogram(Histogram([1, 2] as [Float]))),
    ]

    @Test(arguments: fits)
    func whatTheLoadersReadIsWritten(_ fit: SummaryValue) throws {
        let (issues, written) = try log([fit])
        #expect(issues.isEmpty)
        #expect(written == 1)
    }
}
