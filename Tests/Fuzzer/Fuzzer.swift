import CFuzzing
import Foundation
import FuzzTargets
import SystemPackage
import TFRecord

/// The program behind `scripts/fuzz`.
///
/// - `FUZZ_TARGET=TARGET Fuzzer [OPTION OF LIBFUZZER]... DIRECTORY` makes up inputs. The target is no argument, because
///   libFuzzer calls the program again with arguments of its own.
/// - `Fuzzer unpack DIRECTORY FILE...` makes a file of each record.
/// - `Fuzzer pack FILE DIRECTORY` makes a record of each file.
@main
enum Fuzzer {
    /// More than what any input may take at once: reading must not take what a file only claims to have.
    private static let memoryLimit = 64 << 20

    static let target = ProcessInfo.processInfo.environment["FUZZ_TARGET"].flatMap(FuzzTarget.init)

    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        switch (arguments.first, arguments.count) {
        case ("unpack", 2...): try Corpus.unpack(arguments.dropFirst(2).map { FilePath($0) }, into: arguments[2])
        case ("pack", 3): try Corpus.pack(arguments[3], into: FilePath(arguments[2]))
        default:
            guard target != nil else {
                let targets = FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")
                FileHandle.standardError.write(Data("Fuzzer: FUZZ_TARGET must be one of \(targets).\n".utf8))
                exit(1)
            }
            fuzz()
        }
    }

    private static func fuzz() -> Never {
        var count = CommandLine.argc
        var arguments = CommandLine.unsafeArgv as UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
        let status = LLVMFuzzerRunDriver(&count, &arguments) { bytes, count in
            let input = Array(UnsafeBufferPointer(start: bytes, count: count))
            memory_limit_start(Fuzzer.memoryLimit)
            do {
                try Fuzzer.target?.check(input)
            } catch {
                fatalError("\(error)")
            }
            _ = memory_limit_stop()
            return 0
        }
        exit(status)
    }
}
