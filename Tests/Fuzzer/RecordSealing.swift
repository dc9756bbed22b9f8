import CFuzzing
import FuzzTargets
import TFRecord

/// Changes an input, and mostly puts the checksums of its records right again: no chance of hitting them would ever get
/// behind the first.
@c(LLVMFuzzerCustomMutator)
func mutate(_ bytes: UnsafeMutablePointer<UInt8>?, _ count: Int, _ largestCount: Int, _ seed: UInt32) -> Int {
    let newCount = LLVMFuzzerMutate(bytes, count, largestCount)
    guard Fuzzer.target?.takesRecords == true, seed % 4 != 0 else { return newCount }
    sealRecords(UnsafeMutableRawBufferPointer(start: bytes, count: newCount), extendsLast: seed % 4 == 1)
    return newCount
}

/// Gives records their checksums, one after the other.
///
/// - Parameters:
///   - file: The records.
///   - extendsLast: Whether a record that claims more than there is gets the rest as its payload.
private func sealRecords(_ file: UnsafeMutableRawBufferPointer, extendsLast: Bool) {
    var rest = file[...]
    while rest.count >= RecordFraming.overhead {
        let room = rest.count - RecordFraming.overhead
        let claimed = UInt64(littleEndian: rest.loadUnaligned(as: UInt64.self))
        guard claimed <= room || extendsLast else { return }
        let byteCount = RecordFraming.overhead + (claimed <= room ? Int(claimed) : room)
        RecordFraming.seal(UnsafeMutableRawBufferPointer(rebasing: rest.prefix(byteCount)))
        rest = rest.dropFirst(byteCount)
    }
}
