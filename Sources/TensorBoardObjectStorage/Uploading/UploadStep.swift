#if ObjectStorage
/// The steps of an upload, between which a process may die; tests let it.
package enum UploadStep: String, Sendable, CaseIterable {
    /// The file is complete.
    case sealed
    /// Its name in the store is decided and written down.
    case named
    /// The store has it.
    case stored
    /// It is removed from the spool.
    case removed
}
#endif
