import EventCoding
import EventFiles
import Summaries
import SystemPackage

/// Where a tensor or a sequence of blobs is: it stays in its file until somebody asks for it.
struct DataReference: SampledValue {
    /// The index of the file in ``RunContents/files``.
    var file: Int
    /// Where the message of the value begins in the file, and how long it is, in bytes.
    var offset: Int
    var byteCount: Int
    /// The form of the value; `nil` if the bytes are the blob itself.
    var form: PackedValue.Form?
    /// The number of blobs; 0 for a tensor.
    var blobCount: Int

    var height: Float? { nil }
}

/// What is kept of one tag.
struct TagContents: Sendable {
    let name: UTF8Key
    let metadata: SummaryMetadata
    /// The packed metadata, as clients get it.
    let packedMetadata: [UInt8]
    /// The points of a tag of scalars.
    var scalars: SampledSeries<Float>
    /// The points of any other tag.
    var references: SampledSeries<DataReference>

    init(_ name: String, _ metadata: SummaryMetadata, _ samples: SampleOptions) {
        self.name = UTF8Key(name)
        self.metadata = metadata
        packedMetadata = metadata.packed()
        let limit = samples.limit(of: metadata)
        scalars = SampledSeries(limit: limit, keepsExtremes: samples.keepsExtremes)
        references = SampledSeries(limit: limit, keepsExtremes: false)
    }

    mutating func purge(from step: Int) {
        scalars.purge(from: step)
        references.purge(from: step)
    }
}

/// What is kept of one run.
///
/// A value: clients are answered from a copy while loading goes on.
struct RunContents: Sendable {
    /// A file that references lead into.
    struct File: Sendable {
        let path: FilePath
        let identity: FileStatus.Identity?
    }

    let name: UTF8Key
    /// The earliest time of any event, in seconds since 1970-01-01 UTC; `nil` if there is none.
    var startTime: Double?
    var tags: [TagContents] = []
    var files: [File] = []

    init(name: String) {
        self.name = UTF8Key(name)
    }
}
