import EventFiles
import Platform
import Synchronization
import SystemPackage
import TensorBoardLogs

@testable import TensorBoard

/// A disk with room for so many bytes of a file, until there is more.
final class FullDisk: Sendable {
    private let capacity: Mutex<Int>
    private let problem: Errno

    init(capacity: Int, problem: Errno) {
        self.capacity = Mutex(capacity)
        self.problem = problem
    }

    func makeRoom() { capacity.withLock { $0 = .max } }

    var operations: FileOperations {
        var operations = FileOperations.system
        operations.write = { [self] descriptor, bytes, offset in
            let room = capacity.withLock { max(0, $0 - Int(offset)) }
            guard room > 0 else { return .failure(problem) }
            let some = UnsafeRawBufferPointer(rebasing: bytes.prefix(room))
            return FileOperations.system.write(descriptor, some, offset)
        }
        return operations
    }
}

/// A disk that takes its time, until it is released.
final class StuckDisk: Sendable {
    private let isStuck = Atomic(false)
    private let released = WakeUpSignal()

    func stick() { isStuck.store(true, ordering: .sequentiallyConsistent) }

    func release() {
        isStuck.store(false, ordering: .sequentiallyConsistent)
        released.signal()
    }

    var operations: FileOperations {
        var operations = FileOperations.system
        operations.write = { [self] descriptor, bytes, offset in
            if isStuck.load(ordering: .sequentiallyConsistent) { released.wait(beyond: 0) }
            return FileOperations.system.write(descriptor, bytes, offset)
        }
        return operations
    }
}
