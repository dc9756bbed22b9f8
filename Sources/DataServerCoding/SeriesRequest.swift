import CDataServerProtos
import CProtobufC
package import EventCoding
package import Summaries

/// What a client asks for that lists or reads series.
package struct SeriesRequest {
    /// The dashboard's name; empty if none was given.
    package let pluginName: String
    package let runs: NameFilter
    package let tags: NameFilter
    /// The most points of a series that the client wants; `nil` if it was not said.
    package let pointLimit: Int?

    /// Unpacks a request.
    ///
    /// - Parameter bytes: The packed message.
    /// - Throws: ``MalformedMessage``.
    package init(_ bytes: [UInt8]) throws(MalformedMessage) {
        var arena = MessageArena()
        let message = try bytes.span.bytes.withUnsafeBytes { bytes throws(MalformedMessage) in
            try arena.unpack(bytes, tensorboard__data__series_request__unpack).pointee
        }
        pluginName = message.plugin_filter.map { String($0.pointee.plugin_name) } ?? ""
        runs = NameFilter(message.run_tag_filter?.pointee.runs)
        tags = NameFilter(message.run_tag_filter?.pointee.tags)
        pointLimit = message.downsample.map { Int($0.pointee.num_points) }
    }

    /// Unpacks the request for a blob.
    ///
    /// - Parameter bytes: The packed message.
    /// - Returns: The key of the blob.
    /// - Throws: ``MalformedMessage``.
    package static func blobKey(_ bytes: [UInt8]) throws(MalformedMessage) -> String {
        var arena = MessageArena()
        return try bytes.span.bytes.withUnsafeBytes { bytes throws(MalformedMessage) in
            String(try arena.unpack(bytes, tensorboard__data__read_blob_request__unpack).pointee.blob_key)
        }
    }
}

/// The runs or tags that a client wants.
package struct NameFilter {
    /// `nil` if all are wanted.
    private let names: Set<UTF8Key>?

    fileprivate init(_ message: UnsafePointer<Tensorboard__Data__NameFilter>?) {
        names = message.map { filter in
            Set(
                UnsafeBufferPointer(start: filter.pointee.names, count: filter.pointee.n_names)
                    .map { UTF8Key(String($0)) }
            )
        }
    }

    /// Whether a name is wanted.
    package func includes(_ name: UTF8Key) -> Bool { names?.contains(name) ?? true }
}
