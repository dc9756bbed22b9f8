import DataServerCoding
import EventCoding
import EventFiles
import GRPC
import Summaries

/// Answers TensorBoard's questions: the service `tensorboard.data.TensorBoardDataProvider`.
struct DataProvider: GRPCService {
    private static let prefix = "/tensorboard.data.TensorBoardDataProvider/"

    /// The log directory as the user gave it.
    let location: String
    let contents: LogContents
    let report: @Sendable (LoadOptions.Level, String) -> Void

    func answer(_ path: String, _ request: [UInt8], _ call: GRPCCall) throws(GRPCStatus) {
        report(.debug, "called: \(path)")
        switch path {
        case Self.prefix + "GetExperiment": try call.send(LogResponses.experiment(location: location))
        case Self.prefix + "ListPlugins": try call.send(LogResponses.plugins(plugins))
        case Self.prefix + "ListRuns": try call.send(LogResponses.runs(runs))
        case Self.prefix + "ListScalars": try list(.scalar, request, call)
        case Self.prefix + "ListTensors": try list(.tensor, request, call)
        case Self.prefix + "ListBlobSequences": try list(.blobSequence, request, call)
        case Self.prefix + "ReadScalars": try readScalars(request, call)
        case Self.prefix + "ReadTensors": try readTensors(request, call)
        case Self.prefix + "ReadBlobSequences": try readBlobSequences(request, call)
        case Self.prefix + "ReadBlob": try readBlob(request, call)
        default: throw GRPCStatus(.unimplemented, "there is no call '\(path)'; see the service TensorBoardDataProvider")
        }
    }

    /// The names of the plugins that have a tag, in the order of their bytes.
    private var plugins: [String] {
        contents.snapshot.flatMap { run in
            run.tags.filter { $0.metadata.dataClass != .unknown }.map(\.metadata.pluginName)
        }.uniqueNames()
    }

    /// The runs that have an event, the earliest first.
    private var runs: [(name: String, startTime: Double)] {
        contents.snapshot
            .compactMap { run in run.startTime.map { (name: run.name.name, startTime: $0) } }
            .sorted { $0.startTime < $1.startTime }
    }

    private func list(
        _ dataClass: SummaryMetadata.DataClass,
        _ request: [UInt8],
        _ call: GRPCCall
    ) throws(GRPCStatus) {
        let request = try Self.parse(request)
        let response = try response(request, dataClass) { _, tag in
            dataClass == .scalar ? Self.description(tag, tag.scalars) : Self.description(tag, tag.references)
        }
        try call.send(response)
    }

    /// What is listed of a tag; `nil` if it has no points.
    private static func description<Value>(_ tag: TagContents, _ series: SampledSeries<Value>) -> [UInt8]? {
        guard let step = series.steps.last, let wallTime = series.wallTimes.max() else { return nil }
        guard tag.metadata.dataClass == .blobSequence else {
            return SeriesContent.description(
                maximumStep: step,
                maximumWallTime: wallTime,
                metadata: tag.packedMetadata
            )
        }
        return SeriesContent.blobDescription(
            maximumStep: step,
            maximumWallTime: wallTime,
            maximumLength: tag.references.values.map(\.blobCount).max() ?? 0,
            metadata: tag.packedMetadata
        )
    }
}

// MARK: Requests

extension DataProvider {
    static func parse(_ request: [UInt8]) throws(GRPCStatus) -> SeriesRequest {
        let parsed: SeriesRequest
        do throws(MalformedMessage) {
            parsed = try SeriesRequest(request)
        } catch {
            throw GRPCStatus(.invalidArgument, "the request is no valid message; send what the service describes")
        }
        guard !parsed.pluginName.isEmpty else {
            throw GRPCStatus(.invalidArgument, "the request names no plugin; name one, for example 'scalars'")
        }
        return parsed
    }

    /// The most points of a series that a request wants.
    static func pointLimit(_ request: SeriesRequest) throws(GRPCStatus) -> Int {
        guard let limit = request.pointLimit else {
            throw GRPCStatus(.invalidArgument, "the request has no downsample; say how many points are wanted")
        }
        guard limit >= 0 else {
            throw GRPCStatus(.invalidArgument, "num_points is \(limit); it must not be negative")
        }
        return limit
    }

    /// The packed answer about the tags that a request wants.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - dataClass: The class of the tags.
    ///   - content: Returns the packed content of a tag; `nil` to leave it out.
    /// - Returns: The packed answer.
    /// - Throws: `GRPCStatus` when the answer becomes larger than a client takes, and what `content` throws.
    func response(
        _ request: SeriesRequest,
        _ dataClass: SummaryMetadata.DataClass,
        _ content: (RunContents, TagContents) throws(GRPCStatus) -> [UInt8]?
    ) throws(GRPCStatus) -> [UInt8] {
        var response = SeriesResponse()
        var byteCount = 0
        for run in contents.snapshot where request.runs.includes(run.name) {
            var entry = SeriesResponse.Run(name: run.name.name)
            for tag in run.tags
            where tag.metadata.dataClass == dataClass && tag.metadata.pluginName == request.pluginName
                && request.tags.includes(tag.name)
            {
                guard let content = try content(run, tag) else { continue }
                byteCount += content.count
                // Told before there is more in memory than can be sent.
                try GRPCCall.checkSize(byteCount)
                entry.tags.append((tag.name.name, content))
            }
            if !entry.tags.isEmpty { response.runs.append(entry) }
        }
        return response.packed()
    }
}
