#if ObjectStorage
package import EventFiles

/// Opens the buckets of one store.
package struct StoreDoor: Sendable {
    /// The address of the store; empty for the one of the region.
    let endpoint: String
    private let opening: @Sendable (_ bucket: String) throws(TensorBoardError) -> any ObjectStore

    /// - Parameters:
    ///   - endpoint: The address of the store; empty for the one of the region.
    ///   - opening: Opens a bucket.
    package init(
        endpoint: String,
        _ opening: @escaping @Sendable (_ bucket: String) throws(TensorBoardError) -> any ObjectStore
    ) {
        self.endpoint = endpoint
        self.opening = opening
    }

    /// Opens a bucket.
    ///
    /// - Throws: ``TensorBoardError/Code/invalidOption``.
    package func open(_ bucket: String) throws(TensorBoardError) -> any ObjectStore { try opening(bucket) }
}

extension StoreDoor {
    /// Leads to the store of the options.
    ///
    /// - Throws: ``TensorBoardError/Code/invalidOption``.
    init(_ options: StoreOptions) throws(TensorBoardError) {
        // Not the option's own: the same spool may be used with another environment later.
        let endpoint = try StoreSettings(options).endpoint
        self.init(endpoint: endpoint.map { $0.url($0.basePath, query: "") } ?? "") { bucket throws(TensorBoardError) in
            try S3Store(bucket: bucket, options)
        }
    }
}
#endif
