import TensorBoardLogs
import TestSupport
import Testing

extension SourcePeer {
    static let all =
        writersOfSwift + [
            SourcePeer(
                "JuliaLogging/TensorBoardLogger.jl: the statistics of a histogram are those of its bins",
                // As Julia prints the time.
                fileName: "events.out.tfevents.1.70000000025e9.host",
                [
                    version, EventBytes.start(step: 2),
                    histogram("h", statistics: [-1, 2, 3, 6, 12], limits: [0, 1, 2], counts: [2, 2, 2]),
                ]
            ) { run in
                #expect(run.rows("h") == [[-1, 0, 2], [0, 1, 2], [1, 2, 2]])
                #expect(run.inspect().sessionStartCount == 1)
            },
            SourcePeer(
                "mlverse/tfevents: plain numbers with the plugin named each time, whole seconds",
                [version]
                    + (0..<3).map { step in
                        event(step: step) { value in
                            value.text(1, "loss")
                            value.message(9) { plugin("scalars", &$0) }
                            value.float(2, Float(step))
                        }
                    }
            ) { run in
                let data = run.load()
                #expect(data.scalars["loss"]?.values == [0, 1, 2])
                #expect(data.scalars["loss"]?.wallTimes == Array(repeating: 1_700_000_000, count: 3))
                #expect(data.tags["loss"]?.metadata?.pluginName == "scalars")
            },
            SourcePeer(
                "dotnet/TorchSharp: ticks since the year 1 for a time, and no time at all",
                fileName: "events.out.tfevents.638355968000000000.host.1.1",
                [EventBytes.version(wallTime: 638_355_968_000_000_000)]
                    + (0..<2).map { step in
                        event(step: step, wallTime: nil) { value in
                            value.text(1, "loss")
                            value.float(2, Float(step))
                        }
                    }
            ) { run in
                #expect(run.load().scalars["loss"]?.wallTimes == [0, 0])
                #expect(run.inspect().wallTimes == 0...638_355_968_000_000_000)
                let faults = run.verify().faults
                #expect(faults.map(\.kind) == [.timeBackwards])
            },
            SourcePeer(
                "RustingSword/tensorboard_logger: no version, texts without a shape, metadata without a plugin",
                [
                    event(step: 1) { value in
                        value.text(1, "text")
                        value.message(8) { text("a", shape: nil, &$0) }
                        value.message(9) { plugin("text", &$0) }
                    },
                    event(step: 1) { value in
                        value.text(1, "image")
                        value.message(4) { image in
                            for (field, number) in [(1, 2), (2, 3), (3, 4)] { image.varint(field, number) }
                            image.bytes(4, [1, 2])
                        }
                        value.message(9) { $0.text(2, "A picture") }
                    },
                    event(step: 1) { value in
                        value.text(1, "embedding")
                        value.message(9) { plugin("projector", &$0) }
                    },
                ]
            ) { run in
                let data = run.load()
                #expect(data.contents["text"]?.values == [.text(LoggedText(["a"]))])
                #expect(data.contents["image"]?.values == [.images([[1, 2]])])
                #expect(data.tags["image"]?.kind == .image)
                #expect(data.tags["image"]?.metadata?.displayName == "A picture")
                #expect(data.tags["embedding"]?.kind == .plugin("projector"))
                #expect(data.contents["embedding"]?.values == [.none])
                let faults = run.verify().faults
                #expect(faults.first?.kind == .version)
            },
            SourcePeer(
                "wchargin/rust-tensorboard-writer: a histogram without number and sums",
                [version, histogram("h", statistics: [1, 3], limits: [2, 3], counts: [1, 4])]
            ) { run in
                #expect(run.rows("h") == [[1, 2, 1], [2, 3, 4]])
            },
            SourcePeer(
                "LaurentMazare/tboard-rs before its first release: scalars with the name of a node and no tag",
                [
                    version,
                    event(step: 0) { value in
                        value.text(7, "loss")
                        value.float(2, 0.5)
                    },
                ]
            ) { run in
                // TensorBoard takes the name of a node for a tag with tensors alone.
                #expect(run.load().scalars.mapValues(\.values) == ["": [0.5]])
            },
            SourcePeer(
                "LaurentMazare/ocaml-tensorboard: a file name that begins otherwise, texts under a tag of their own",
                fileName: "out.tfevents.1700000000.host",
                [
                    version,
                    event(step: 3) { value in
                        value.text(1, "note/text_summary")
                        value.message(9) { plugin("text", &$0) }
                        value.message(8) { text("a", shape: [1], &$0) }
                    },
                ]
            ) { run in
                #expect(run.load().contents["note/text_summary"]?.values == [.text(LoggedText(shape: [1], ["a"]))])
            },
            SourcePeer(
                "intel-analytics/BigDL: an empty event in place of the version, so that any lower step is a restart",
                fileName: "bigdl.tfevents.1700000000.host",
                [nothing] + [0, 1, 2, 1].map { EventBytes.summary(step: $0, EventBytes.scalar("Loss", Float($0))) }
            ) { run in
                #expect(run.load(restarts: .slowLoader).scalars["Loss"]?.steps == [0, 1])
                #expect(run.load().scalars["Loss"]?.steps == [0, 1, 2, 1])
            },
            SourcePeer(
                "Mininglamp-Technology/tensorboard.cpp: empty buckets left out, so that the next one begins too low",
                [version, histogram("h", statistics: [1, 9, 2, 10, 82], limits: [1.1, 9.5], counts: [1, 1])]
            ) { run in
                #expect(run.rows("h") == [[1, 1.1, 1], [1.1, 9, 1]])
            },
            SourcePeer(
                "a writer of tomorrow: unknown fields, numbers that are not packed",
                [
                    version,
                    histogram("h", statistics: [0, 2, 3, 3, 5], limits: [1, 2], counts: [1, 2], isPacked: false)
                        + WireBytes { event in
                            event.varint(100, 7)
                            event.text(101, "new")
                            event.double(102, 1)
                            event.float(103, 1)
                        }.bytes,
                ]
            ) { run in
                #expect(run.rows("h") == [[0, 1, 1], [1, 2, 2]])
            },
        ]

    private static let writersOfSwift = [
        SourcePeer(
            "tensorflow/swift-models: scalars with a title alone",
            [
                version,
                event(step: 0) { value in
                    value.text(1, "loss")
                    value.float(2, 0.5)
                    value.message(9) { $0.text(2, "Loss") }
                },
            ]
        ) { run in
            let data = run.load()
            #expect(data.tags["loss"]?.kind == .scalar)
            #expect(data.tags["loss"]?.metadata?.displayName == "Loss")
            #expect(data.scalars["loss"]?.values == [0.5])
            #expect(run.inspect().findings.map(\.loaders) == [[.fast]])
        },
        SourcePeer(
            "palle-k/DL4S-Tensorboard: texts that do not say that they are, the sum for the number",
            [
                nothing,
                event(step: 0) { value in
                    value.text(1, "note")
                    value.message(8) { text("a", shape: [1], &$0) }
                },
                histogram("h", statistics: [0, 2, 3, 3, 5], limits: [1, 2], counts: [1, 2]),
            ]
        ) { run in
            let data = run.load()
            #expect(data.tags["note"]?.kind == .unshown)
            let text = TensorValue(shape: [1], elements: .string([Array("a".utf8)]))
            #expect(data.contents["note"]?.values == [.tensor(text)])
            #expect(run.rows("h") == [[0, 1, 1], [1, 2, 2]])
        },
        SourcePeer(
            "KrakenCL/KrakenKit: images of which only the size is written, and 0 among positive numbers",
            [
                version,
                event(step: 0) { value in
                    value.message(4) { image in
                        for (field, number) in [(1, 2), (2, 3), (3, 1)] { image.varint(field, number) }
                    }
                    value.text(1, "image")
                },
                histogram("h", statistics: [nil, 2, 2, 3, 5], limits: [1.5, 2.5], counts: [1, 1]),
            ]
        ) { run in
            #expect(run.load().contents["image"]?.values == [.images([[]])])
            #expect(run.rows("h") == [[0, 1.5, 1], [1.5, 2, 1]])
        },
    ]
}
