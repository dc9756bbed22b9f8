/// What `nvidia-smi` prints about the GPUs, at an interval, for as long as the object lives.
///
/// One program that goes on costs far less than one that is started for each sample.
final class NVIDIASMI {
    private static let fields = "index,utilization.gpu,memory.used,memory.total,temperature.gpu,power.draw"
    private static let mebibyte = 1_048_576.0

    private let program: RunningProgram
    private var rest: [UInt8] = []
    private var latest: [Int: GPUReading] = [:]
    private var hasEnded = false

    /// Starts the program; there is no object without one.
    ///
    /// - Parameters:
    ///   - command: The program, which the search path finds.
    ///   - interval: The time between two lines of a GPU.
    init?(command: [String] = ["nvidia-smi"], interval: Duration) {
        let seconds = max(1, Int(interval.inSeconds.rounded()))
        let arguments = ["--query-gpu=\(Self.fields)", "--format=csv,noheader,nounits", "--loop=\(seconds)"]
        guard let program = RunningProgram(command + arguments) else { return nil }
        self.program = program
    }

    /// The latest values of each GPU, in the order of their numbers; does not wait.
    func gpus() -> [GPUReading] {
        while !hasEnded, program.waitForOutput(milliseconds: 0) {
            guard let bytes = program.read() else {
                hasEnded = true
                latest = [:]
                break
            }
            rest += bytes
        }
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            if let gpu = Self.reading(String(decoding: rest[..<end], as: UTF8.self)) { latest[gpu.index] = gpu }
            rest.removeSubrange(...end)
        }
        return latest.values.sorted { $0.index < $1.index }
    }

    /// The values of a line such as `0, 37, 1024, 8192, 54, 71.20`; what the GPU does not tell is `[N/A]`.
    static func reading(_ line: String) -> GPUReading? {
        let fields = line.split(separator: ",").map { field in
            Double(field.drop { $0 == " " }.prefix { $0 != " " && $0 != "\r" })
        }
        guard fields.count == 6, let number = fields[0], let index = Int(exactly: number) else { return nil }
        return GPUReading(
            index: index,
            busyPercent: fields[1],
            memoryUsed: fields[2].map { $0 * mebibyte },
            memoryTotal: fields[3].map { $0 * mebibyte },
            temperature: fields[4],
            watts: fields[5]
        )
    }
}
