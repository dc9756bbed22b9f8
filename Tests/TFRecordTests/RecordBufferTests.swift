import TFRecord
import Testing

struct RecordBufferTests {
    @Test(arguments: ReferenceRecord.all)
    func framesAsTensorFlowDoes(record: ReferenceRecord) {
        var buffer = RecordBuffer()
        buffer.append(byteCount: record.payload.count) { $0.copyBytes(from: record.payload) }
        #expect(contents(of: buffer) == record.onDisk)
    }

    @Test
    func framesAnEmptyPayload() {
        var buffer = RecordBuffer()
        buffer.append(byteCount: 0) { #expect($0.isEmpty) }
        let crcOfNothing: [UInt8] = [0xd8, 0xea, 0x82, 0xa2]
        #expect(contents(of: buffer).count == 16)
        #expect(contents(of: buffer).suffix(4) == crcOfNothing[...])
        #expect(buffer.recordCount == 1)
        #expect(buffer.isEmpty == false)
    }

    @Test
    func keepsEarlierRecordsWhenItGrows() {
        var buffer = RecordBuffer(minimumCapacity: 1)
        var expected: [UInt8] = []
        for index in 0..<200 {
            let record = ReferenceRecord.all[index % ReferenceRecord.all.count]
            record.payload.withUnsafeBytes { buffer.append($0) }
            expected += record.onDisk
        }
        #expect(contents(of: buffer) == expected)
        #expect(buffer.count == expected.count)
        #expect(buffer.recordCount == 200)
    }

    @Test
    func growsAtOnceForARecordLargerThanTwiceItsCapacity() {
        let payload = randomBytes(count: 100_000, seed: 4)
        var buffer = RecordBuffer()
        payload.withUnsafeBytes { buffer.append($0) }
        #expect(Array(contents(of: buffer)[12..<100_012]) == payload)
    }

    @Test
    func growsGeometrically() {
        var buffer = RecordBuffer()
        var capacities: Set<Int> = []
        for _ in 0..<100_000 {
            buffer.append(byteCount: 0) { _ in }
            capacities.insert(buffer.capacity)
        }
        #expect(capacities.count < 12)
    }

    @Test
    func appendsNothingWhenFillingThrows() {
        struct Refusal: Error {}
        let record = ReferenceRecord.all[0]
        var buffer = RecordBuffer()
        record.payload.withUnsafeBytes { buffer.append($0) }
        do {
            try buffer.append(byteCount: 8) { _ throws(Refusal) in throw Refusal() }
            Issue.record("The error was lost.")
        } catch {}
        #expect(contents(of: buffer) == record.onDisk)
        #expect(buffer.recordCount == 1)
    }

    @Test(arguments: [true, false])
    func removesAllAndIsUsedAgain(keepingCapacity: Bool) {
        var buffer = RecordBuffer()
        ReferenceRecord.all[1].payload.withUnsafeBytes { buffer.append($0) }
        let capacity = buffer.capacity
        buffer.removeAll(keepingCapacity: keepingCapacity)
        #expect(buffer.isEmpty == true)
        #expect(buffer.recordCount == 0)
        #expect(buffer.capacity == (keepingCapacity ? capacity : 0))
        #expect(contents(of: buffer) == [])
        ReferenceRecord.all[0].payload.withUnsafeBytes { buffer.append($0) }
        #expect(contents(of: buffer) == ReferenceRecord.all[0].onDisk)
    }

    private func contents(of buffer: borrowing RecordBuffer) -> [UInt8] {
        buffer.withUnsafeBytes { Array($0) }
    }
}
