#if os(Linux)
import Foundation
import SystemPackage
import TensorBoard
import TensorBoardLogs
import Testing

extension ConformanceTests {
    /// What both loaders make of runs whose names are not UTF-8, which Linux allows.
    @Suite struct RunNameConformanceTests {
        private static let names: [[UInt8]] = [[0x72, 0xFF], [0x72, 0xFE]]

        private func write(_ name: FilePath, in directory: URL) throws {
            let path = FilePath(directory.path).pushing(name)
            try withSummaryWriter(logDirectory: path, options: .init(onIssue: { _ in })) { writer in
                writer.scalar("a", 1, step: 0)
            }
        }

        @Test(arguments: Loader.available)
        func runsWhoseNamesAreNotUTF8(loader: Loader) async throws {
            try await withTemporaryDirectory { directory in
                try write("good", in: directory)
                for name in Self.names {
                    try write(FilePath(platformString: name.map { CChar(bitPattern: $0) } + [0]), in: directory)
                }
                let faults = try LogDirectory(FilePath(directory.path)).runs().flatMap { $0.verify().faults }
                #expect(faults.map(\.kind) == [.runName, .runName])
                try await StockTensorBoard.serving(directory, loader: loader) { server in
                    if loader == .fast {
                        // Both become one.
                        _ = try await poll("the runs to be merged") {
                            Set(try await server.runs()) == ["good", "r\u{FFFD}"] ? true : nil
                        }
                    } else {
                        _ = try await poll("the Python loader to die") {
                            server.unexpectedLogLines.contains { $0.contains("UnicodeEncodeError") } ? true : nil
                        }
                        #expect(try await server.runs().isEmpty)
                    }
                }
            }
        }
    }
}
#endif
