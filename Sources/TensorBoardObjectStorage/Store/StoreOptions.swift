#if ObjectStorage
import Platform
public import SystemPackage

/// How to reach a store; what is left out comes from the environment and the user's files, as with AWS's tools.
///
/// ```swift
/// var options = StoreOptions()
/// options.endpoint = "https://minio.example.com:9000"
/// ```
public struct StoreOptions: Sendable {
    /// Where a bucket's name stands in an address.
    public enum Addressing: Sendable, Hashable {
        /// In the path with an endpoint of one's own, in the host's name with AWS's.
        case automatic
        /// `https://host/bucket/key`.
        case path
        /// `https://bucket.host/key`.
        case virtualHost
    }

    /// The store's address, for example `https://minio.example.com:9000`.
    ///
    /// If `nil`, the first of the variables `AWS_ENDPOINT_URL_S3`, `AWS_ENDPOINT_URL` and `S3_ENDPOINT` that is set, then
    /// `endpoint_url` of the profile, then AWS.
    public var endpoint: String?
    /// The store's region.
    ///
    /// If `nil`, `AWS_REGION`, `AWS_DEFAULT_REGION`, `region` of the profile, then `us-east-1`.
    public var region: String?
    /// The profile of `~/.aws/credentials` and `~/.aws/config` whose credentials are used; `nil` for the usual order.
    public var profile: String?
    /// Where a bucket's name stands in an address.
    public var addressing = Addressing.automatic
    /// The address of a proxy; `nil` for `https_proxy`, `http_proxy` and `no_proxy`.
    public var proxy: String?
    /// A file of certificate authorities in PEM that are trusted in place of the system's; `nil` for `AWS_CA_BUNDLE`.
    public var certificateAuthority: FilePath?
    /// The longest time to wait for a connection.
    public var connectTimeout = Duration.seconds(10)
    /// The longest time in which a transfer may stand still.
    public var stallTimeout = Duration.seconds(30)

    var environment: EnvironmentReader = { name in
        getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }
    var clock: @Sendable () -> Double = { WallClock.now() }

    /// The options that suit most stores.
    public init() {}
}
#endif
