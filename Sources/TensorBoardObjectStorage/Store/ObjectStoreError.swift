#if ObjectStorage
/// Why a store did not do what it was asked for; the message never holds a credential.
package struct ObjectStoreError: Error, Hashable, CustomStringConvertible {
    /// What is to be done about it.
    package enum Kind: Sendable, Hashable {
        /// It may work later: no connection, a timeout, 408, 429, or the store's own fault (5xx).
        case temporary
        /// The credentials are missing, expired or not allowed to do this (401, 403).
        case denied
        /// There is no such bucket or object (404).
        case notFound
        /// Anything else: trying again does not help.
        case refused
    }

    package var kind: Kind
    /// A sentence that names what was asked for, what the store said, and what to do.
    package var description: String

    package init(kind: Kind, description: String) {
        self.kind = kind
        self.description = description
    }
}
#endif
