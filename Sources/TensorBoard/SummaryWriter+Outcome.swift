extension SummaryWriter {
    /// What a run has come to, as ``close(outcome:)`` tells the HParams dashboard.
    ///
    /// A writer that is not closed (the program was killed, or let it go) tells nothing: TensorBoard shows such a run, and
    /// one that is still running, with an unknown status.
    public enum Outcome: String, Sendable, CaseIterable {
        /// The training has come to its end.
        case success
        /// The training was given up.
        case failure
    }
}
