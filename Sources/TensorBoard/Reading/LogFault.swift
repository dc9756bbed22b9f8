public import SystemPackage

/// Something in an event file that keeps TensorBoard from showing what was logged.
///
/// ```swift
/// for fault in try LoggedRun("logs/run1").verify().faults {
///     print(fault)                        // file, byte, what is wrong
///     print(fault.fastLoader ?? "-", fault.slowLoader ?? "-")
/// }
/// ```
public struct LogFault: Sendable, Hashable {
    /// What is wrong.
    public let kind: Kind
    /// The event file.
    public let file: FilePath
    /// Where the record begins in the file, in bytes.
    public let offset: Int
    /// The tag that it is about.
    public let tag: String?
    /// The step of the record, where that can be read.
    public let step: Int?
    /// What is wrong, in a sentence.
    public let message: String
    /// What TensorBoard's fast loader, its data server, makes of it; `nil` if it does not mind.
    public let fastLoader: String?
    /// What TensorBoard's Python loader makes of it; `nil` if it does not mind.
    ///
    /// It is the one in use where there is no data server: on Apple silicon, on Linux on Arm, and with
    /// `--load_fast=false`.
    public let slowLoader: String?
    /// How often it occurs to the tag in the file, or how many damaged places follow each other; the offset is the first.
    public internal(set) var count = 1

    /// What the fast and the slow loader make of a fault; `nil` if they do not mind.
    typealias Effects = (fast: String?, slow: String?)

    /// Tells of a fault whose effects are those of its kind, unless they are given.
    init(
        _ kind: Kind,
        _ message: String,
        file: FilePath,
        offset: Int,
        tag: String? = nil,
        step: Int? = nil,
        effects: Effects? = nil
    ) {
        self.kind = kind
        self.file = file
        self.offset = offset
        self.tag = tag
        self.step = step
        self.message = message
        let effects = effects ?? kind.effects
        fastLoader = effects.fast
        slowLoader = effects.slow
    }
}

extension [LogFault] {
    /// Adds a damaged place, or counts it where it follows another: a file of nothing else must not fill the memory.
    mutating func append(_ damage: SalvagingReader.Damage, in file: FilePath, followsDamage: Bool) {
        if followsDamage, last?.kind == damage.kind {
            self[count - 1].count += 1
        } else {
            append(LogFault(damage.kind, damage.message, file: file, offset: damage.offset))
        }
    }
}

extension LogFault: CustomStringConvertible {
    /// The file, the offset and the message in one line.
    public var description: String {
        let subject = [tag.map { "tag '\($0)'" }, step.map { "step \($0)" }].compactMap(\.self).joined(separator: ", ")
        let repetition = count > 1 ? " (\(count) times)" : ""
        return "\(file): byte \(offset): \(subject.isEmpty ? "" : "\(subject): ")\(message)\(repetition)"
    }
}
