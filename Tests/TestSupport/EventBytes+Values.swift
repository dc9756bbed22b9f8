extension EventBytes {
    /// Metadata for a plugin, with its own message, a title and a data class by number.
    package struct Metadata {
        let bytes: [UInt8]

        package init(_ plugin: String, content: [UInt8] = [], title: String = "", dataClass: Int = 0) {
            bytes =
                WireBytes { metadata in
                    metadata.message(1) {
                        $0.text(1, plugin)
                        $0.bytes(2, content)
                    }
                    metadata.text(2, title)
                    metadata.varint(4, dataClass)
                }.bytes
        }
    }

    /// A scalar with any metadata.
    package static func scalar(_ tag: String, _ value: Float, _ metadata: Metadata) -> [UInt8] {
        bytes(1, Array(tag.utf8)) + bytes(9, metadata.bytes) + WireBytes { $0.float(2, value) }.bytes
    }

    /// Metadata without a value.
    package static func nothing(_ tag: String, _ metadata: Metadata) -> [UInt8] {
        bytes(1, Array(tag.utf8)) + bytes(9, metadata.bytes)
    }

    /// A tensor of texts or files.
    package static func strings(
        _ tag: String,
        _ elements: [[UInt8]],
        shape: [Int] = [],
        _ metadata: Metadata? = nil
    ) -> [UInt8] {
        tensor(tag, type: 7, shape: shape, metadata) { tensor in
            for element in elements { tensor.bytes(8, element) }
        }
    }

    /// A tensor of `Float`.
    package static func floats(
        _ tag: String,
        _ elements: [Float],
        shape: [Int] = [],
        _ metadata: Metadata? = nil
    ) -> [UInt8] {
        tensor(tag, type: 1, shape: shape, metadata) { tensor in
            tensor.bytes(4, elements.flatMap { withUnsafeBytes(of: $0.bitPattern.littleEndian) { Array($0) } })
        }
    }

    private static func tensor(
        _ tag: String,
        type: Int,
        shape: [Int],
        _ metadata: Metadata?,
        _ elements: (inout WireBytes) -> Void
    ) -> [UInt8] {
        WireBytes { value in
            value.text(1, tag)
            value.message(8) { tensor in
                tensor.varint(1, type)
                tensor.message(2) { axes in
                    for size in shape { axes.message(2) { $0.varint(1, size) } }
                }
                elements(&tensor)
            }
            if let metadata { value.bytes(9, metadata.bytes) }
        }.bytes
    }

    /// A histogram in the form that was in use before tensors.
    package static func histogram(_ tag: String, limits: [Double] = [1, 2], counts: [Double] = [3, 4]) -> [UInt8] {
        WireBytes { value in
            value.text(1, tag)
            value.message(5) { histogram in
                histogram.double(1, 0)
                histogram.double(2, 2)
                for limit in limits { histogram.double(6, limit) }
                for count in counts { histogram.double(7, count) }
            }
        }.bytes
    }

    /// An image in the form that was in use before tensors.
    package static func image(_ tag: String, _ file: [UInt8] = Array("image".utf8)) -> [UInt8] {
        WireBytes { value in
            value.text(1, tag)
            value.message(4) { image in
                image.varint(1, 1)
                image.varint(2, 1)
                image.bytes(4, file)
            }
        }.bytes
    }

    /// A clip in the form that was in use before tensors.
    package static func audio(_ tag: String, _ file: [UInt8] = Array("clip".utf8)) -> [UInt8] {
        WireBytes { value in
            value.text(1, tag)
            value.message(6) { $0.bytes(4, file) }
        }.bytes
    }

    /// The graph of a run.
    package static func graph(step: Int, _ definition: [UInt8]) -> [UInt8] { event(step: step, bytes(4, definition)) }

    /// A graph of one node, packed.
    package static func graphOfOneNode(_ name: String) -> [UInt8] {
        WireBytes { graph in
            graph.message(1) { node in
                node.text(1, name)
                node.text(2, "NoOp")
            }
        }.bytes
    }

    /// Run metadata.
    package static func runMetadata(step: Int, _ tag: String, _ metadata: [UInt8] = []) -> [UInt8] {
        let content = WireBytes { metadataOfTag in
            metadataOfTag.text(1, tag)
            metadataOfTag.bytes(2, metadata)
        }
        return event(step: step, bytes(8, content.bytes))
    }

    /// Hyperparameters with one number, `rate`, and the time of the session's start.
    package static func hyperparameters(rate: Double, time: Double = 1) -> [UInt8] {
        let content = WireBytes { content in
            content.message(3) { start in
                start.message(1) { entry in
                    entry.text(1, "rate")
                    entry.message(2) { $0.double(2, rate) }
                }
                start.double(5, time)
            }
        }
        return nothing("_hparams_/session_start_info", Metadata("hparams", content: content.bytes))
    }
}
