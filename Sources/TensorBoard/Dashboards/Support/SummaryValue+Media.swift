import EventCoding
import MediaCoding
import Summaries

extension SummaryValue {
    /// Images for the Images dashboard, made by code that can fail.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - files: Makes the image files; TensorBoard shows them at any size.
    /// - Returns: The value, or the reason why there is none.
    static func imageFiles(_ tag: some StringProtocol, _ files: () throws -> [ImageFile]) -> SummaryValue {
        making(tag) {
            let files = try files()
            guard let first = files.first else { return .invalid(tag, "there are no images; give one or more") }
            // TensorBoard expects the size first, as text.
            let size = [first.width, first.height].map { Array(String($0).utf8) }
            let elements = size + files.map(\.bytes)
            return SummaryValue(
                tag: String(tag),
                payload: .tensor(TensorValue(shape: [elements.count], elements: .string(elements))),
                metadata: SummaryMetadata(pluginName: PluginName.images, dataClass: .blobSequence)
            )
        }
    }

    /// Clips for the Audio dashboard, made by code that can fail.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - files: Makes the WAV files.
    /// - Returns: The value, or the reason why there is none.
    static func audioFiles(_ tag: some StringProtocol, _ files: () throws -> [[UInt8]]) -> SummaryValue {
        making(tag) {
            let files = try files()
            guard !files.isEmpty else { return .invalid(tag, "there are no clips; give one or more") }
            return SummaryValue(
                tag: String(tag),
                payload: .tensor(TensorValue(shape: [files.count], elements: .string(files))),
                metadata: SummaryMetadata(
                    pluginName: PluginName.audio,
                    pluginContent: PluginContent.audio,
                    dataClass: .blobSequence
                )
            )
        }
    }

    private static func making(_ tag: some StringProtocol, _ make: () throws -> SummaryValue) -> SummaryValue {
        do {
            return try make()
        } catch let error as MediaCodingError {
            return .invalid(tag, error.reason)
        } catch {
            return .invalid(tag, "\(error)")
        }
    }
}

extension MediaCodingError {
    /// The message as the end of a sentence.
    fileprivate var reason: String {
        message.prefix(1).lowercased() + message.dropFirst().trimmingSuffix(".")
    }
}

extension Substring {
    fileprivate func trimmingSuffix(_ suffix: Character) -> Substring { last == suffix ? dropLast() : self }
}
