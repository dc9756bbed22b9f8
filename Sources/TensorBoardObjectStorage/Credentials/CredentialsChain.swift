#if ObjectStorage
import Platform
import Synchronization

/// The credentials of a store, from the first source that has some, renewed before they expire.
final class CredentialsChain: Sendable {
    /// How long before they expire credentials are renewed, in seconds.
    private static let renewalMargin = 300.0

    private let sources: [any CredentialsSource]
    private let clock: @Sendable () -> Double
    /// Held while a source is asked, so that of many threads only one asks.
    private let current = Mutex<Credentials?>(nil)

    /// - Parameters:
    ///   - sources: In the order in which they are asked.
    ///   - clock: Seconds since 1970-01-01 UTC.
    init(_ sources: [any CredentialsSource], clock: @escaping @Sendable () -> Double = WallClock.now) {
        self.sources = sources
        self.clock = clock
    }

    /// Credentials that are good for the next request.
    ///
    /// - Throws: ``CredentialsError`` if there are none.
    func credentials() throws(CredentialsError) -> Credentials {
        try current.withLock { current throws(CredentialsError) in
            let now = clock()
            if let known = current, known.expiration.map({ $0 - now > Self.renewalMargin }) ?? true { return known }
            do throws(CredentialsError) {
                let loaded = try load()
                current = loaded
                return loaded
            } catch {
                // They are good for some more minutes, in which the source may come back.
                if let known = current, let expiration = known.expiration, expiration > now { return known }
                throw error
            }
        }
    }

    /// Asks the sources anew after a store has refused credentials.
    ///
    /// - Returns: Other credentials; `nil` if the same ones are all there is.
    func renewed(after refused: Credentials) throws(CredentialsError) -> Credentials? {
        try current.withLock { current throws(CredentialsError) in
            // Another thread may have been faster.
            if let known = current, known != refused { return known }
            let loaded = try load()
            current = loaded
            return loaded == refused ? nil : loaded
        }
    }

    private func load() throws(CredentialsError) -> Credentials {
        for source in sources {
            if let credentials = try source.load() { return credentials }
        }
        throw CredentialsError(
            message: "there are no credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, name a profile of "
                + "~/.aws/credentials with AWS_PROFILE, or give this machine, container or pod a role"
        )
    }
}

extension CredentialsChain {
    /// The sources of AWS's tools, in their order.
    ///
    /// - Parameters:
    ///   - options: What was chosen for the store.
    ///   - region: The store's region.
    ///   - client: For services that may stand behind a proxy.
    convenience init(_ options: StoreOptions, region: String, _ client: HTTPClient) {
        let environment = options.environment
        let nearby = HTTPClient(.init(connectTimeout: .seconds(2), stallTimeout: .seconds(5), isDirect: true))
        let webIdentity = WebIdentityCredentials(environment: environment, region: region, client: client)
        let files = ProfileFiles(environment: environment, chosenProfile: options.profile)
        let profile = ProfileCredentials(files: files, webIdentity: webIdentity)
        // A profile that was chosen in the program goes before all; one in the environment does not.
        let first: [any CredentialsSource] = options.profile == nil ? [] : [profile]
        self.init(
            first + [
                EnvironmentCredentials(environment: environment), webIdentity, profile,
                ContainerCredentials(environment: environment, client: nearby),
                InstanceCredentials(environment: environment, client: nearby),
            ],
            clock: options.clock
        )
    }
}
#endif
