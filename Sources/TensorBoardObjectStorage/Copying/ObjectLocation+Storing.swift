#if ObjectStorage
public import EventFiles
import Platform
public import SystemPackage

extension ObjectLocation {
    /// What a request may send at once.
    private static let largestObject = 5 << 30
    private static let attemptLimit = 5

    /// Stores finished event files, for example those of `LoggedRun.copy`, as the run at this address.
    ///
    /// ```swift
    /// let copy = try run.copy(to: directory, mergingFiles: true)
    /// try ObjectLocation("s3://bucket/finished/run1").store(copy.files)
    /// ```
    ///
    /// - Parameters:
    ///   - files: The files; each becomes an object of its name, and is in memory meanwhile.
    ///   - options: How to reach the store.
    /// - Returns: The objects' addresses.
    /// - Throws: `TensorBoardError` if there are event files at the address already (`runExists`), a file cannot be read
    ///   (`cannotRead`), or the store does not take one (`cannotWrite`), which is tried five times.
    @discardableResult
    public func store(
        _ files: [FilePath],
        options: StoreOptions = StoreOptions()
    ) throws(TensorBoardError) -> [ObjectLocation] {
        try store(files, in: try S3Store(bucket: bucket, options), firstPause: .seconds(1))
    }

    /// Stores files in a store; the pause before another attempt doubles each time.
    func store(
        _ files: [FilePath],
        in store: any ObjectStore,
        firstPause: Duration
    ) throws(TensorBoardError) -> [ObjectLocation] {
        let names = Set(files.compactMap(\.lastComponent?.string))
        let stored = try Self.attempt(firstPause) { () throws(ObjectStoreError) in try eventFiles(in: store) }
        // One of the same name may be ours: the answer to an earlier attempt of another process may be lost.
        guard Set(stored).isSubset(of: names) else {
            throw TensorBoardError(.runExists, "there are event files at \(self) already; choose another address")
        }
        var locations: [ObjectLocation] = []
        for file in files {
            guard let name = file.lastComponent?.string, let bytes = SmallFile.read(file, limit: Self.largestObject)
            else {
                let message = "the file cannot be read, or is larger than the 5 GB that a store takes at once; check it"
                throw TensorBoardError(.cannotRead, message, path: file)
            }
            let key = prefix + name
            let isStored = try Self.attempt(firstPause) { () throws(ObjectStoreError) in
                if try store.putIfAbsent(bytes, at: key) { return true }
                return try store.attributes(of: key)?.checksum == SecureHash.sha256(bytes).base64
            }
            guard isStored else {
                throw TensorBoardError(.runExists, "there is an object s3://\(bucket)/\(key); choose another address")
            }
            locations.append(try ObjectLocation("s3://\(bucket)/\(key)"))
        }
        return locations
    }

    /// The names of the event files of the run.
    private func eventFiles(in store: any ObjectStore) throws(ObjectStoreError) -> [String] {
        var names: [String] = []
        var last: String?
        while true {
            let page = try store.list(prefix, after: last)
            names += page.objects.map { String($0.key.dropFirst(prefix.count)) }
            last = page.objects.last?.key
            guard page.isTruncated, last != nil else { break }
        }
        return names.filter { !$0.contains("/") && $0.contains(EventFileName.mark) }
    }

    private static func attempt<Value>(
        _ firstPause: Duration,
        _ body: () throws(ObjectStoreError) -> Value
    ) throws(TensorBoardError) -> Value {
        var pause = firstPause
        var number = 1
        while true {
            do throws(ObjectStoreError) {
                return try body()
            } catch {
                guard error.kind == .temporary, number < attemptLimit else {
                    throw TensorBoardError(.cannotWrite, error.description)
                }
                WakeUpSignal().wait(beyond: 0, timeout: pause)
                pause *= 2
                number += 1
            }
        }
    }
}
#endif
