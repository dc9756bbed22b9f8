import SystemPackage
import TFRecord
import TensorBoardLogs
import TestSupport
import Testing

/// Files as writers that cannot be run here write them, by their source.
struct SourcePeerTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test(arguments: SourcePeer.all)
    func itsQuirksAreRead(peer: SourcePeer) throws {
        try directory.path.writeRecords(peer.fileName, peer.events)
        let run = try LoggedRun(directory.path)
        #expect(run.files.count == 1)
        let data = run.load()
        #expect(data.faults.isEmpty && data.truncatedFiles.isEmpty)
        try peer.check(run)
    }

    /// Length, its checksum, payload and its checksum, as most small writers hand them to the system.
    private func pieces(_ event: [UInt8]) throws -> [[UInt8]] {
        try directory.path.writeRecords("pieces", [event])
        let record = try directory.appending("pieces").contents()
        return [0..<8, 8..<12, 12..<record.count - 4, record.count - 4..<record.count].map { Array(record[$0]) }
    }

    @Test func aRecordThatComesInFourPiecesIsReadWhenItIsWhole() throws {
        let file = directory.appending("events.out.tfevents.1700000000.host")
        var bytes = try pieces(SourcePeer.version).flatMap { $0 }
        try file.write(bytes)
        var reader = try EventFileReader(file)
        #expect(try reader.next()?.content == .fileVersion("brain.Event:2"))
        for (index, piece) in try pieces(EventBytes.summary(step: 7, EventBytes.scalar("loss"))).enumerated() {
            bytes += piece
            try file.write(bytes)
            #expect(try reader.next()?.step == (index == 3 ? 7 : nil))
            let isTruncated = reader.isTruncated
            #expect(isTruncated == (index < 3))
        }
    }

    /// What becomes of swift-models' records when two threads log at once.
    @Test func recordsWhosePiecesAreMixedAreSkipped() throws {
        let scalars = try (1...3).map { step in
            try pieces(EventBytes.summary(step: step, EventBytes.scalar("loss", Float(step))))
        }
        let mixed = zip(scalars[0], scalars[1]).flatMap { $0 + $1 }
        let file = directory.appending("events.out.tfevents.1700000000.host")
        try file.write(pieces(SourcePeer.version).flatMap { $0 } + mixed + scalars[2].flatMap { $0 })
        var reader = try EventFileReader(file)
        var steps: [Int] = []
        var faults: [TensorBoardError.Code] = []
        while true {
            do throws(TensorBoardError) {
                guard let event = try reader.next() else { break }
                steps.append(event.step)
            } catch {
                faults.append(error.code)
                guard try error.canReadOn || reader.skipDamage() != nil else { break }
            }
        }
        #expect(steps == [0, 3])
        // The length of the second is followed by the checksum of the first, which is the same.
        #expect(faults == [.damagedLength, .damagedPayload, .damagedLength])
    }
}
