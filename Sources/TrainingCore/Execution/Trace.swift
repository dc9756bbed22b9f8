/// What the nodes of a program take, measured anew in each run.
final class Trace {
    private let origin: ContinuousClock.Instant
    private var executions: [RunMetadata.NodeExecution] = []

    /// - Parameter origin: The moment from which times are counted; before every run.
    init(since origin: ContinuousClock.Instant) {
        self.origin = origin
    }

    /// The last run, or what is known before the first one: memory and shapes.
    var metadata: RunMetadata {
        RunMetadata(devices: [.init(name: "/device:CPU:0", nodes: executions)])
    }

    /// Adds a node that has nothing to compute in a run.
    func add(_ execution: RunMetadata.NodeExecution) {
        executions.append(execution)
    }

    /// Adds a node and returns its kernel with a clock around it.
    func timing(_ kernel: @escaping Kernel, of execution: RunMetadata.NodeExecution) -> Kernel {
        let place = executions.count
        add(execution)
        return { [self] in
            let start = ContinuousClock.now
            kernel()
            let end = ContinuousClock.now
            executions[place].start = start - origin
            executions[place].duration = end - start
        }
    }
}
