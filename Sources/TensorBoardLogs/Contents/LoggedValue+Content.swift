public import EventCoding
import EventFiles
import Summaries

extension LoggedValue {
    /// The kind of the data: by the form of the value, or for a tensor by its metadata.
    ///
    /// TensorBoard converts the forms that were in use before tensors to the data of their dashboards, whatever their
    /// metadata says.
    public var kind: LoggedKind {
        switch payload {
        case .scalar: .scalar
        case .histogram: .histogram
        case .image: .image
        case .audio: .audio
        case .tensor, .none, .unreadable, .tooLarge: metadata.map { LoggedKind(pluginName: $0.pluginName) } ?? .unshown
        }
    }

    /// The meaning of the value, in one form whatever form its writer used.
    ///
    /// The metadata decides. ``RunReader`` adds it where the file leaves it out.
    public var content: LoggedContent {
        content(kind: kind, pluginContent: metadata?.pluginContent ?? [])
    }

    /// The meaning of the value to a dashboard.
    ///
    /// - Parameters:
    ///   - kind: The kind of the tag's first value, which decides for all.
    ///   - pluginContent: The dashboard's message in the metadata of that value.
    /// - Returns: The meaning, or the reason why there is none.
    func content(kind: LoggedKind, pluginContent: [UInt8]) -> LoggedContent {
        switch payload {
        case .scalar(let scalar): return .scalar(Double(scalar))
        case .histogram(let record): return record.content
        case .image(let record): return .images([record.file])
        case .audio(let record): return .audio([record.file])
        case .unreadable(let reason), .tooLarge(let reason): return .unreadable(reason)
        case .tensor(let tensor):
            guard let content = tensor.content(kind: kind, pluginContent: pluginContent) else {
                let form = "a tensor of type \(tensor.dataType) and shape \(tensor.shape)"
                return .unreadable("\(form) is not what the \(kind) dashboard takes")
            }
            return content
        case .none:
            guard case .hyperparameters = kind else { return .none }
            return PluginContent.decodeHyperparameters(pluginContent).map { .hyperparameters($0) }
                ?? .unreadable("the metadata is not a valid message of the HParams dashboard")
        }
    }
}

extension LoggedValue.HistogramRecord {
    /// Rows, as TensorBoard's fast loader makes them: the smallest and the largest value are the outermost edges.
    fileprivate var content: LoggedContent {
        guard bucketLimits.count == bucketCounts.count else {
            let (limits, counts) = (bucketLimits.count.counted("limit"), bucketCounts.count.counted("count"))
            return .unreadable("the histogram has \(limits) but \(counts) of buckets")
        }
        let last = bucketLimits.count - 1
        let buckets = bucketLimits.indices.map { index in
            LoggedHistogram.Bucket(
                lowerBound: index == 0 ? minimum : bucketLimits[index - 1],
                upperBound: index == last ? maximum : bucketLimits[index],
                count: bucketCounts[index]
            )
        }
        return .histogram(LoggedHistogram(buckets: buckets))
    }
}

extension TensorValue {
    /// The meaning of a tensor to a dashboard; `nil` if the dashboard does not take its form.
    fileprivate func content(kind: LoggedKind, pluginContent: [UInt8]) -> LoggedContent? {
        switch kind {
        case .scalar: scalar.map { .scalar($0) }
        case .histogram: histogram.map { .histogram($0) }
        case .image: shape.count == 1 ? strings.flatMap { $0.count < 2 ? nil : .images(Array($0.dropFirst(2))) } : nil
        case .audio: strings.flatMap(clips).map { .audio($0) }
        case .text: strings.map { .text(LoggedText(shape: shape, $0.map { String(decoding: $0, as: UTF8.self) })) }
        case .precisionRecallCurve: precisionRecallCurve.map { .precisionRecallCurve($0) }
        case .mesh: PluginContent.decodeMesh(pluginContent).map { .mesh(meshPart($0)) }
        case .hyperparameters: PluginContent.decodeHyperparameters(pluginContent).map { .hyperparameters($0) }
        case .layout: single.flatMap(PluginContent.decodeLayout).map { .layout($0) }
        case .graph: single.flatMap(PluginContent.decodeGraph).map { .graph($0, nil) }
        case .runMetadata: single.flatMap(PluginContent.decodeRunMetadata).map { .runMetadata($0) }
        case .taggedGraph: single.flatMap(PluginContent.decodeTaggedGraph).map { .graph($0.graph, $0.runMetadata) }
        case .layerDiagram: single.map { .layerDiagram(String(decoding: $0, as: UTF8.self)) }
        case .plugin, .unshown: .tensor(self)
        }
    }

    private var strings: [[UInt8]]? {
        if case .string(let strings) = elements { strings } else { nil }
    }

    private var single: [UInt8]? { strings.flatMap { $0.count == 1 ? $0[0] : nil } }

    /// The number, if the tensor has exactly one.
    private var scalar: Double? { count == 1 ? numbers?.first : nil }

    private var histogram: LoggedHistogram? {
        guard shape.count == 2, shape[1] == 3, let numbers else { return nil }
        return LoggedHistogram(
            buckets: stride(from: 0, to: numbers.count, by: 3).map { row in
                .init(lowerBound: numbers[row], upperBound: numbers[row + 1], count: numbers[row + 2])
            }
        )
    }

    /// The clips, without their labels if they have any: TensorBoard does not show labels.
    private func clips(_ strings: [[UInt8]]) -> [[UInt8]]? {
        switch shape.count {
        case 1: strings
        case 2 where shape[1] == 2: stride(from: 0, to: strings.count, by: 2).map { strings[$0] }
        default: nil
        }
    }

    private var precisionRecallCurve: LoggedPrecisionRecallCurve? {
        guard shape.count == 2, shape[0] == 6, let numbers else { return nil }
        let row = { (index: Int) in Array(numbers[index * shape[1]..<(index + 1) * shape[1]]) }
        return LoggedPrecisionRecallCurve(
            truePositives: row(0),
            falsePositives: row(1),
            trueNegatives: row(2),
            falseNegatives: row(3),
            precision: row(4),
            recall: row(5)
        )
    }

    private func meshPart(
        _ content: (name: String, part: PluginContent.MeshPart, configuration: String)
    ) -> LoggedMeshPart {
        let part: LoggedMeshPart.Part =
            switch content.part {
            case .vertices: .vertices
            case .faces: .faces
            case .colors: .colors
            }
        return LoggedMeshPart(name: content.name, part: part, tensor: self, configuration: content.configuration)
    }

    /// The elements as doubles, if they are numbers.
    package var numbers: [Double]? {
        switch elements {
        case .float(let elements): elements.map(Double.init)
        case .double(let elements): elements
        case .half(let bits): bits.map(Double.init(halfBits:))
        case .bfloat16(let bits): bits.map { Double(Float(bitPattern: UInt32($0) << 16)) }
        case .int8(let elements), .qint8(let elements): elements.map(Double.init)
        case .int16(let elements), .qint16(let elements): elements.map(Double.init)
        case .int32(let elements), .qint32(let elements): elements.map(Double.init)
        case .int64(let elements): elements.map(Double.init)
        case .uint8(let elements), .quint8(let elements): elements.map(Double.init)
        case .uint16(let elements), .quint16(let elements): elements.map(Double.init)
        case .uint32(let elements): elements.map(Double.init)
        case .uint64(let elements): elements.map(Double.init)
        case .bool, .string, .complex64, .complex128: nil
        }
    }
}

extension Double {
    /// The number of the 16 bits of IEEE half precision, which Swift does not have on every machine.
    fileprivate init(halfBits bits: UInt16) {
        let sign = bits >> 15 == 0 ? 1.0 : -1.0
        let exponent = Int(bits >> 10 & 0x1F)
        let fraction = Double(bits & 0x3FF)
        self =
            switch exponent {
            case 0: sign * fraction * 0x1p-24
            case 0x1F: fraction == 0 ? sign * .infinity : .nan
            default: sign * (fraction + 1024) * Double(sign: .plus, exponent: exponent - 25, significand: 1)
            }
    }
}
