import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import DataServer

/// What a look at a file finds, which decides whether it is opened.
struct FileCursorTests {
    private static func file(_ directory: TemporaryDirectory, _ events: Int) throws -> FilePath {
        let events = (0..<events).map { EventBytes.summary(step: $0, EventBytes.scalar("a")) }
        try directory.path.writeRecords("tfevents.1", events)
        return directory.appending("tfevents.1")
    }

    @Test func aFileThatStaysIsNotOpenedAgain() throws {
        let directory = try TemporaryDirectory()
        let file = try Self.file(directory, 3)
        var cursor = FileCursor(file)
        #expect(cursor.look(looksAtAll: false) == .changed)
        #expect(cursor.isBehind)
        cursor.advance(to: try file.contents().count)
        #expect(!cursor.isBehind)
        #expect(cursor.look(looksAtAll: false) == .unchanged)
        #expect(cursor.look(looksAtAll: true) == .unchanged)
        #expect(!cursor.isBehind)

        let more = try FileHandle(forWritingTo: URL(filePath: file.string))
        try more.seekToEnd()
        try more.write(contentsOf: Data([1]))
        try more.close()
        #expect(cursor.look(looksAtAll: false) == .changed)
        #expect(cursor.isBehind)
    }

    @Test func aFileThatDidNotChangeForLongIsLookedAtWithAllOthers() throws {
        let directory = try TemporaryDirectory()
        let file = try Self.file(directory, 3)
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -7200)],
            ofItemAtPath: file.string
        )
        var cursor = FileCursor(file)
        #expect(cursor.look(looksAtAll: false) == .changed)
        cursor.advance(to: try file.contents().count)
        try FileManager.default.removeItem(atPath: file.string)
        #expect(cursor.look(looksAtAll: false) == .unchanged)
        #expect(cursor.look(looksAtAll: true) == .replaced)
    }

    @Test func aFileThatCouldNotBeReadIsTriedAgain() throws {
        let directory = try TemporaryDirectory()
        var cursor = FileCursor(try Self.file(directory, 3))
        #expect(cursor.look(looksAtAll: false) == .changed)
        cursor.retry()
        #expect(cursor.look(looksAtAll: false) == .changed)
    }

    @Test func anotherFileOfTheSameNameIsTold() throws {
        let directory = try TemporaryDirectory()
        let file = try Self.file(directory, 3)
        var cursor = FileCursor(file)
        _ = cursor.look(looksAtAll: false)
        cursor.advance(to: try file.contents().count)
        let other = (0..<9).map { EventBytes.summary(step: $0, EventBytes.scalar("b")) }
        // In place: the same file as far as the file system can tell.
        try directory.path.writeRecords("tfevents.2", other)
        let writer = try FileHandle(forWritingTo: URL(filePath: file.string))
        try writer.write(contentsOf: Data(try directory.appending("tfevents.2").contents()))
        try writer.close()
        #expect(cursor.look(looksAtAll: true) == .replaced)
    }
}
