#if ObjectStorage
public import EventFiles
import SystemPackage
public import TFRecord

extension ObjectMirror {
    /// Other processes may have so many mirrors of one address.
    private static let cacheLimit = 1000

    /// Mirrors an address into the user's cache, in a directory that no other process uses meanwhile.
    ///
    /// The cache is `swift-tensorboard` below `XDG_CACHE_HOME`, else below `~/.cache`, on macOS `~/Library/Caches`. Each
    /// address has a directory there, and a further one for each process that is at work at the same time. What is there
    /// from before need not be fetched again.
    ///
    /// - Parameters:
    ///   - address: `s3://bucket`, or that with a path behind.
    ///   - cache: The directory for all mirrors; `nil` for the user's cache.
    ///   - options: How to mirror.
    /// - Returns: The mirror, which has not looked yet.
    /// - Throws: `TensorBoardError` as ``init(_:to:options:)`` does.
    public static func cached(
        _ address: String,
        in cache: (any PathConvertible)? = nil,
        options: Options = Options()
    ) throws(TensorBoardError) -> ObjectMirror {
        let location = try ObjectLocation(address)
        let storeName = try StoreSettings(options.store).storeName
        guard let cache = try cache?.usablePath() ?? userCache(options.store.environment) else {
            throw TensorBoardError(
                .cannotCreate,
                "there is no place for a cache, since neither XDG_CACHE_HOME nor HOME is set; set one, or name a directory"
            )
        }
        let digest = SecureHash.sha256(Array("\(location) at \(storeName)".utf8))
        let name = "\(location.bucket)-\(digest.hexadecimal.prefix(16))"
        var number = 0
        while true {
            do throws(TensorBoardError) {
                var directory = cache.appending(number == 0 ? name : "\(name)-\(number)")
                // A run that the address itself names is called as its directory is.
                if let component = location.lastComponent { directory.append(component) }
                return try ObjectMirror(address, to: directory, options: options)
            } catch {
                guard error.code == .concurrentWriters, number < cacheLimit else { throw error }
                number += 1
            }
        }
    }

    private static func userCache(_ environment: EnvironmentReader) -> FilePath? {
        let name = "swift-tensorboard"
        // One that is not absolute is to be ignored, says the XDG Base Directory Specification.
        if let base = environment("XDG_CACHE_HOME").map({ FilePath($0) }), base.isAbsolute {
            return base.appending(name)
        }
        guard let home = environment("HOME").map({ FilePath($0) }) else { return nil }
        #if canImport(Darwin)
        return home.appending("Library").appending("Caches").appending(name)
        #else
        return home.appending(".cache").appending(name)
        #endif
    }
}

extension ObjectLocation {
    /// The end of the path, if a directory can be called so.
    fileprivate var lastComponent: FilePath.Component? {
        guard let text = key.split(separator: "/").last, text.utf8.count <= 255,
            let component = FilePath.Component(String(text)), component.kind == .regular
        else { return nil }
        return component
    }
}
#endif
