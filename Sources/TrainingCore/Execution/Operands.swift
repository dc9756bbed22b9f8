/// The memory of a node's inputs and output, for making its kernel.
struct Operands {
    /// Elements in row-major order.
    struct Buffer {
        let pointer: UnsafeMutablePointer<Float>
        let shape: [Int]

        var count: Int { shape.reduce(1, *) }
        var elements: UnsafeMutableBufferPointer<Float> { .init(start: pointer, count: count) }
    }

    let inputs: [Buffer]
    let output: Buffer
    /// As many elements as the operation asked for.
    let scratch: UnsafeMutablePointer<Float>

    /// The scratch memory, which begins at a cache line, as half as many doubles.
    var doubles: UnsafeMutablePointer<Double> {
        UnsafeMutableRawPointer(scratch).assumingMemoryBound(to: Double.self)
    }
}
