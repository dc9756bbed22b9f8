/// A graph's nodes compiled for certain fetches, feeds and shapes: a list of kernels over one arena.
struct Program {
    /// A summary to be taken in each run.
    struct SummarySource {
        let form: Summary.Form
        let tag: String
        let elements: UnsafeMutableBufferPointer<Float>
    }

    /// Computes everything that does not change a variable.
    let compute: Kernel
    /// Changes variables, after all of them were read.
    let update: Kernel
    /// Where the value of each fed node goes.
    let feeds: [Int: Operands.Buffer]
    /// Where the value of each fetched node is found after a run.
    let fetches: [Int: Operands.Buffer]
    let summaries: [SummarySource]
    /// Keeps alive what the kernels point to.
    let arena: Arena
    let variables: VariableStore
    /// What the nodes took in the last run, if that is measured.
    let trace: Trace?
    /// What looks for NaN, if that is asked for.
    let watch: NaNWatch?
}
