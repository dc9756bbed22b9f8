#if ObjectStorage
import EventFiles
import SystemPackage

/// Where a store is and how it is asked, with everything that options left out.
struct StoreSettings: Sendable {
    /// `nil` for AWS.
    var endpoint: Endpoint?
    var region: String
    var addressing: StoreOptions.Addressing
    var transfer: HTTPClient.Options

    /// - Throws: `TensorBoardError` with the code `invalidOption`.
    init(_ options: StoreOptions) throws(TensorBoardError) {
        let environment = options.environment
        // A missing profile is said when credentials are asked for, which may come from elsewhere.
        let profile = (try? ProfileFiles(environment: environment, chosenProfile: options.profile).settings()) ?? [:]
        endpoint = try Self.endpoint(options, profile)
        region =
            options.region ?? environment("AWS_REGION") ?? environment("AWS_DEFAULT_REGION") ?? profile["region"]
            ?? "us-east-1"
        guard Self.isRegion(region) else {
            throw TensorBoardError(.invalidOption, "'\(region)' is no region; give one like eu-central-1")
        }
        addressing = options.addressing
        transfer = HTTPClient.Options(
            connectTimeout: options.connectTimeout,
            stallTimeout: options.stallTimeout,
            proxy: options.proxy,
            certificateAuthority: options.certificateAuthority?.string ?? environment("AWS_CA_BUNDLE")
                ?? profile["ca_bundle"]
        )
    }

    private static func endpoint(
        _ options: StoreOptions,
        _ profile: [String: String]
    ) throws(TensorBoardError) -> Endpoint? {
        let environment = options.environment
        let named = [
            ("the option endpoint", options.endpoint),
            ("AWS_ENDPOINT_URL_S3", environment("AWS_ENDPOINT_URL_S3")),
            ("AWS_ENDPOINT_URL", environment("AWS_ENDPOINT_URL")),
            ("S3_ENDPOINT", environment("S3_ENDPOINT").map { withScheme($0, environment) }),
            ("endpoint_url of the profile", profile["endpoint_url"]),
        ]
        for (name, text) in named {
            guard let text else { continue }
            do throws(HTTPError) {
                return try Endpoint(parsing: text)
            } catch {
                throw TensorBoardError(
                    .invalidOption,
                    "\(name), '\(Endpoint.withoutUser(text))', is no address of a store: \(error.message); give one like "
                        + "https://host:9000"
                )
            }
        }
        return nil
    }

    /// The store's name, which tells equal buckets of several stores apart.
    var storeName: String { endpoint.map { $0.authority + $0.basePath } ?? "AWS" }

    /// Whether a text can be a region; it becomes part of a host's name.
    static func isRegion(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count < 64
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
    }

    /// TensorFlow, whose variable it is, wants host and port alone.
    private static func withScheme(_ text: String, _ environment: EnvironmentReader) -> String {
        guard !text.contains("://") else { return text }
        return (environment("S3_USE_HTTPS") == "0" ? "http://" : "https://") + text
    }

    /// The service that holds a bucket of a region, and what stands before the keys in a path.
    func place(of bucket: String, region: String) -> (endpoint: Endpoint, pathPrefix: String) {
        let suffix = region.hasPrefix("cn-") ? "amazonaws.com.cn" : "amazonaws.com"
        var place = endpoint ?? Endpoint(secureHost: "s3.\(region).\(suffix)")
        // A certificate for all buckets covers no name with a point.
        let isInHost =
            switch addressing {
            case .automatic: endpoint == nil && !bucket.contains(".")
            case .path: false
            case .virtualHost: true
            }
        if isInHost { place.host = "\(bucket).\(place.host)" }
        return (place, isInHost ? place.basePath : "\(place.basePath)/\(PercentEncoding.encode(bucket))")
    }
}
#endif
