#if ObjectStorage
import EventFiles
import Foundation
import Platform
import Synchronization
import TestSupport

@testable import TensorBoardObjectStorage

/// A bucket in memory that fails as a test wants it.
final class InMemoryStore: ObjectStore {
    /// A call as it arrived.
    enum Request: Hashable {
        case put(String, byteCount: Int)
        case attributes(String)
        case list(after: String?)
        case read(String)
        case delete(String)

        var isPut: Bool { if case .put = self { true } else { false } }
    }

    /// What goes wrong with a call.
    enum Fault {
        /// Nothing is done.
        case before(ObjectStoreError.Kind)
        /// It is done, but the caller does not hear of it.
        case after(ObjectStoreError.Kind)
    }

    private struct State {
        var objects: [String: [UInt8]] = [:]
        var requests: [Request] = []
        var stored: [String] = []
        var fault: @Sendable (Request) -> Fault? = { _ in nil }
        var isHeld = false
    }

    private let state = Mutex(State())
    private let changes = WakeUpSignal()
    /// Objects in a page of a listing.
    let pageSize: Int

    init(pageSize: Int = 1000) { self.pageSize = pageSize }

    /// The objects in the order of their names.
    var objects: [(key: String, bytes: [UInt8])] {
        state.withLock { $0.objects.map { ($0.key, $0.value) } }.sorted {
            $0.0.utf8.lexicographicallyPrecedes($1.0.utf8)
        }
    }
    var keys: [String] { objects.map(\.key) }
    /// The names of the objects in the order in which they were stored.
    var storedKeys: [String] { state.withLock { $0.stored } }
    var requests: [Request] { state.withLock { $0.requests } }

    /// Lets calls fail from now on; called for each, with the request.
    func fail(_ fault: @escaping @Sendable (Request) -> Fault?) { state.withLock { $0.fault = fault } }
    /// Lets calls succeed from now on.
    func mend() { fail { _ in nil } }
    /// Lets calls wait, or go on.
    func hold(_ isHeld: Bool) {
        state.withLock { $0.isHeld = isHeld }
        changes.signal()
    }

    /// Adds an object that somebody else has stored.
    func add(_ key: String, _ bytes: [UInt8]) { state.withLock { $0.objects[key] = bytes } }

    /// The steps of the scalars, in the order in which TensorBoard reads them.
    func steps() throws -> [Int] { try objects.flatMap { try Self.steps($0.bytes) } }

    static func steps(_ bytes: [UInt8]) throws -> [Int] {
        try RecordScanner.payloads(bytes).map { WrittenEvent(message: try WireMessage($0)) }
            .filter { try !$0.scalars.isEmpty }.map(\.step)
    }

    private func perform<Answer>(
        _ request: Request,
        _ body: (inout State) -> Answer
    ) throws(ObjectStoreError) -> Answer {
        let fault = state.withLock { state in
            state.requests.append(request)
            return state.fault
        }(request)
        while true {
            let seen = changes.current
            guard state.withLock({ $0.isHeld }) else { break }
            changes.wait(beyond: seen)
        }
        if case .before(let kind) = fault { throw ObjectStoreError(kind: kind, description: "the test said \(kind)") }
        let answer = state.withLock { body(&$0) }
        if case .after(let kind) = fault { throw ObjectStoreError(kind: kind, description: "the test said \(kind)") }
        return answer
    }

    func putIfAbsent(_ bytes: [UInt8], at key: String) throws(ObjectStoreError) -> Bool {
        try perform(.put(key, byteCount: bytes.count)) { state in
            guard state.objects[key] == nil else { return false }
            state.objects[key] = bytes
            state.stored.append(key)
            return true
        }
    }

    func attributes(of key: String) throws(ObjectStoreError) -> ObjectAttributes? {
        try perform(.attributes(key)) { state in
            state.objects[key].map { ObjectAttributes(key: key, byteCount: $0.count, entityTag: "") }
        }
    }

    func list(_ prefix: String, after key: String?) throws(ObjectStoreError) -> ObjectPage {
        try perform(.list(after: key)) { state in
            let all = state.objects.filter { object in
                object.key.hasPrefix(prefix) && (key.map { $0.utf8.lexicographicallyPrecedes(object.key.utf8) } ?? true)
            }.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            return ObjectPage(
                objects: all.prefix(pageSize).map {
                    ObjectAttributes(key: $0.key, byteCount: $0.value.count, entityTag: "")
                },
                isTruncated: all.count > pageSize
            )
        }
    }

    func read(_ key: String, from offset: Int) throws(ObjectStoreError) -> [UInt8] {
        try perform(.read(key)) { Array($0.objects[key]?[offset...] ?? []) }
    }

    func delete(_ key: String) throws(ObjectStoreError) {
        try perform(.delete(key)) { $0.objects[key] = nil }
    }
}
#endif
