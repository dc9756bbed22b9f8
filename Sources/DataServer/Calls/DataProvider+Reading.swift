import DataServerCoding
import EventCoding
import EventFiles
import GRPC
import Summaries

extension DataProvider {
    /// A blob is sent in parts of this size.
    private static let blobPartByteCount = 1 << 20

    func readScalars(_ request: [UInt8], _ call: GRPCCall) throws(GRPCStatus) {
        let request = try Self.parse(request)
        let limit = try Self.pointLimit(request)
        let response = try response(request, .scalar) { _, tag in
            let series = tag.scalars
            guard series.count > limit else {
                return SeriesContent.scalars(steps: series.steps, wallTimes: series.wallTimes, values: series.values)
            }
            let indices = series.indices(limit: limit)
            return SeriesContent.scalars(
                steps: indices.map { series.steps[$0] },
                wallTimes: indices.map { series.wallTimes[$0] },
                values: indices.map { series.values[$0] }
            )
        }
        try call.send(response)
    }

    func readTensors(_ request: [UInt8], _ call: GRPCCall) throws(GRPCStatus) {
        let request = try Self.parse(request)
        let limit = try Self.pointLimit(request)
        let response = try response(request, .tensor) { run, tag throws(GRPCStatus) in
            let series = tag.references
            var reader = ReferenceReader(run)
            var (steps, wallTimes, values): ([Int], [Double], [[UInt8]]) = ([], [], [])
            var byteCount = 0
            for index in series.indices(limit: limit) {
                do throws(ReferenceReader.FileChanged) {
                    values.append(try reader.tensor(series.values[index]))
                } catch {
                    // The others may still be shown.
                    report(.info, "\(error)")
                    continue
                }
                steps.append(series.steps[index])
                wallTimes.append(series.wallTimes[index])
                byteCount += values.last?.count ?? 0
                try GRPCCall.checkSize(byteCount)
            }
            return SeriesContent.tensors(steps: steps, wallTimes: wallTimes, values: values)
        }
        try call.send(response)
    }

    func readBlobSequences(_ request: [UInt8], _ call: GRPCCall) throws(GRPCStatus) {
        let request = try Self.parse(request)
        let limit = try Self.pointLimit(request)
        let response = try response(request, .blobSequence) { run, tag in
            let series = tag.references
            let indices = series.indices(limit: limit)
            return SeriesContent.blobSequences(
                steps: indices.map { series.steps[$0] },
                wallTimes: indices.map { series.wallTimes[$0] },
                keys: indices.map { point in
                    (0..<series.values[point].blobCount).map { index in
                        BlobKey(run: run.name.name, tag: tag.name.name, step: series.steps[point], index: index).text
                    }
                }
            )
        }
        try call.send(response)
    }

    func readBlob(_ request: [UInt8], _ call: GRPCCall) throws(GRPCStatus) {
        guard let text = try? SeriesRequest.blobKey(request), let key = BlobKey(text: text) else {
            throw GRPCStatus(.invalidArgument, "the request has no valid blob key; take one from ReadBlobSequences")
        }
        let blob = try blob(key)
        for start in stride(from: 0, to: blob.count, by: Self.blobPartByteCount) {
            let part = blob[start..<min(start + Self.blobPartByteCount, blob.count)]
            try call.send(LogResponses.blobPart(part))
        }
    }

    private func blob(_ key: BlobKey) throws(GRPCStatus) -> [UInt8] {
        guard let run = contents[UTF8Key(key.run)] else {
            throw GRPCStatus(.notFound, "there is no run '\(key.run)'; reload the page")
        }
        guard let tag = run.tags.first(where: { $0.name == UTF8Key(key.tag) && $0.metadata.dataClass == .blobSequence })
        else {
            throw GRPCStatus(.notFound, "the run '\(key.run)' has no blobs of the tag '\(key.tag)'; reload the page")
        }
        guard let point = tag.references.steps.firstIndex(of: key.step) else {
            let message = """
                step \(key.step) of '\(key.tag)' in '\(key.run)' is not kept any more; reload the page, or raise \
                --samples_per_plugin
                """
            throw GRPCStatus(.notFound, message)
        }
        let reference = tag.references.values[point]
        var reader = ReferenceReader(run)
        do throws(ReferenceReader.FileChanged) {
            if let blob = try reader.blob(key.index, reference, pluginName: tag.metadata.pluginName) { return blob }
        } catch {
            throw GRPCStatus(.notFound, "\(error)")
        }
        let message = """
            step \(key.step) of '\(key.tag)' in '\(key.run)' has \(reference.blobCount.counted("blob")), none of index \
            \(key.index); reload the page
            """
        throw GRPCStatus(.notFound, message)
    }
}
