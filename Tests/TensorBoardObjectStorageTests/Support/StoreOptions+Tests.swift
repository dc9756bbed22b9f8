#if ObjectStorage
import TestSupport

@testable import TensorBoardObjectStorage

extension StoreOptions {
    /// Options that read no variable and no file of the user.
    init(environment: [String: String]) {
        self.init()
        self.environment = { environment[$0] }
    }

    /// Options for the fake at an address, with keys.
    init(fake address: String) {
        self.init(environment: [
            "AWS_ACCESS_KEY_ID": "AKIDFAKE", "AWS_SECRET_ACCESS_KEY": "fake/secret+key",
            "AWS_ENDPOINT_URL_S3": address,
        ])
    }

    /// Options for the real server that the tests share.
    static func shared() async throws -> StoreOptions {
        StoreOptions(environment: try await ObjectServer.shared().environment)
    }
}
#endif
