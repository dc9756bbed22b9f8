#if ObjectStorage
/// A place for objects: a bucket of a store, or what stands for one in a test.
///
/// The calls block, and are made on threads of their own.
package protocol ObjectStore: Sendable {
    /// Stores an object, unless there is one of that name already.
    ///
    /// - Parameters:
    ///   - bytes: The content.
    ///   - key: The object's name in the bucket.
    /// - Returns: `false` if there is an object of that name, which stays as it is.
    /// - Throws: ``ObjectStoreError``.
    func putIfAbsent(_ bytes: [UInt8], at key: String) throws(ObjectStoreError) -> Bool

    /// What is known of an object; `nil` if there is none of that name.
    func attributes(of key: String) throws(ObjectStoreError) -> ObjectAttributes?

    /// The objects whose names begin with `prefix` and sort behind `key`, a page.
    ///
    /// In the order of the store: of the names' bytes in AWS, with a slash before all other bytes in SeaweedFS. Only the
    /// last name of a page is certain to lead to the next one.
    func list(_ prefix: String, after key: String?) throws(ObjectStoreError) -> ObjectPage

    /// The bytes of an object from an offset on; a store may give fewer than there are, but none only at the end.
    func read(_ key: String, from offset: Int) throws(ObjectStoreError) -> [UInt8]

    /// Deletes an object; one that is gone already is no problem.
    func delete(_ key: String) throws(ObjectStoreError)
}

/// What a store tells of an object.
package struct ObjectAttributes: Sendable, Hashable {
    /// The object's name in the bucket.
    package var key: String
    package var byteCount: Int
    /// Changes whenever the content does.
    package var entityTag: String
    /// The SHA-256 of the content in base 64, where the store keeps it; asked for by `attributes(of:)` only.
    package var checksum: String?

    package init(key: String, byteCount: Int, entityTag: String, checksum: String? = nil) {
        self.key = key
        self.byteCount = byteCount
        self.entityTag = entityTag
        self.checksum = checksum
    }
}

/// A part of a listing.
package struct ObjectPage: Sendable {
    package var objects: [ObjectAttributes]
    /// Whether there are more objects behind the last one.
    package var isTruncated: Bool

    package init(objects: [ObjectAttributes], isTruncated: Bool) {
        self.objects = objects
        self.isTruncated = isTruncated
    }
}
#endif
