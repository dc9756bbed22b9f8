/// What to make of steps that were logged more than once, as when a run was taken up again.
///
/// TensorBoard's two loaders differ here; so there is no neutral answer but to keep everything.
public enum RestartRule: String, Sendable, CaseIterable {
    /// As TensorBoard's fast loader: a point takes away the points of its tag at its step and later ones.
    ///
    /// A tag that is not logged again keeps its points.
    case fastLoader
    /// As TensorBoard's Python loader (`--load_fast=false`), in a run of which no file grows after a later one was begun.
    ///
    /// A session start takes away the points of all tags at its step and later ones, but for the first session start. In
    /// files of a version before 2, a step lower than the last takes away the points of the tags that it logs.
    case slowLoader
    /// Every point stays, in the order of the file.
    case everything
}
