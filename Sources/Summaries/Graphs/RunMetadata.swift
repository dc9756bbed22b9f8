/// The time and the memory that each node of a graph took in one run (TensorFlow's `RunMetadata`).
///
/// The Graphs dashboard colours nodes by it, once its tag is chosen. Nodes are matched by their names.
///
/// ```swift
/// let metadata = RunMetadata(devices: [
///     .init(name: "/device:CPU:0", nodes: [
///         .init(name: "layer1/MatMul", start: .zero, duration: .microseconds(12), memoryByteCount: 48),
///     ]),
/// ])
/// writer.runMetadata("step100", metadata, step: 100)
/// ```
public struct RunMetadata: Sendable, Equatable {
    /// What ran on one device.
    public struct Device: Sendable, Equatable {
        /// The device in TensorFlow's form, for example `/device:CPU:0`.
        public var name: String
        /// The nodes, in any order; one that ran several times may be there several times.
        public var nodes: [NodeExecution]

        /// Creates what ran on one device.
        ///
        /// - Parameters:
        ///   - name: The device in TensorFlow's form, for example `/device:CPU:0`.
        ///   - nodes: The nodes, in any order.
        public init(name: String, nodes: [NodeExecution]) {
            self.name = name
            self.nodes = nodes
        }
    }

    /// One run of one node.
    public struct NodeExecution: Sendable, Equatable {
        /// The name of the node in the graph.
        public var name: String
        /// When it began, counted from a moment that is the same for all nodes.
        public var start: Duration
        /// How long it took; zero if it had nothing to compute.
        ///
        /// TensorBoard shows whole microseconds, and any part of one as one.
        public var duration: Duration
        /// The memory that it set aside, in bytes.
        public var memoryByteCount: Int
        /// The size of each axis of each output.
        public var outputShapes: [[Int]]
        /// The number of the thread that it ran on.
        public var thread: Int

        /// Creates one run of one node.
        ///
        /// - Parameters:
        ///   - name: The name of the node in the graph.
        ///   - start: When it began, counted from a moment that is the same for all nodes.
        ///   - duration: How long it took; zero if it had nothing to compute.
        ///   - memoryByteCount: The memory that it set aside, in bytes.
        ///   - outputShapes: The size of each axis of each output.
        ///   - thread: The number of the thread that it ran on.
        public init(
            name: String,
            start: Duration = .zero,
            duration: Duration = .zero,
            memoryByteCount: Int = 0,
            outputShapes: [[Int]] = [],
            thread: Int = 0
        ) {
            self.name = name
            self.start = start
            self.duration = duration
            self.memoryByteCount = memoryByteCount
            self.outputShapes = outputShapes
            self.thread = thread
        }
    }

    /// What ran, by device.
    public var devices: [Device]

    /// Creates the account of one run.
    ///
    /// - Parameter devices: What ran, by device.
    public init(devices: [Device]) {
        self.devices = devices
    }
}

extension RunMetadata {
    /// What makes no sense, as the end of a sentence.
    package var problem: String? {
        for device in devices {
            for node in device.nodes {
                if let problem = node.problem { return "node \"\(node.name)\" \(problem)" }
            }
        }
        return nil
    }
}

extension RunMetadata.NodeExecution {
    /// In nanoseconds they still fit into 64 bits.
    private static let times = Duration.zero...Duration.seconds(9_000_000_000)

    fileprivate var problem: String? {
        if name.isEmpty { return "needs a name, that of a node of the graph" }
        if !Self.times.contains(start) { return "began at \(start); count from a moment shortly before" }
        if !Self.times.contains(duration) { return "took \(duration); a time is zero or more and below 285 years" }
        if memoryByteCount < 0 { return "took \(memoryByteCount) bytes; a size is zero or more" }
        if UInt32(exactly: thread) == nil {
            return "ran on thread \(thread); a thread's number is from 0 to \(UInt32.max)"
        }
        if let shape = outputShapes.first(where: { $0.contains { $0 < 0 } }) {
            return "has an output of shape \(shape); a size is zero or more"
        }
        return nil
    }
}
