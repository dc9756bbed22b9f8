// swift-tools-version: 6.2
import PackageDescription

let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
// Fetched only where their traits are on.
// Not its product Metrics, which links FoundationEssentials.
let metrics = Target.Dependency.product(
    name: "CoreMetrics",
    package: "swift-metrics",
    condition: .when(traits: ["Metrics"])
)
let logging = Target.Dependency.product(name: "Logging", package: "swift-log", condition: .when(traits: ["Logging"]))
let lifecycle = Target.Dependency.product(
    name: "ServiceLifecycle",
    package: "swift-service-lifecycle",
    condition: .when(traits: ["ServiceLifecycle"])
)
// Only where logs go into object storage.
let curl = Target.Dependency.target(name: "CCurl", condition: .when(traits: ["ObjectStorage"]))
let crypto = Target.Dependency.target(
    name: "CCrypto",
    condition: .when(platforms: [.linux, .android], traits: ["ObjectStorage"])
)
let objectStorage = Target.Dependency.target(
    name: "TensorBoardObjectStorage",
    condition: .when(traits: ["ObjectStorage"])
)
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

// Floors, ground first: a target depends only on what stands above it in this list.
let package = Package(
    name: "swift-tensorboard",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "TensorBoard", targets: ["TensorBoard"]),
        .library(name: "TensorBoardLogs", targets: ["TensorBoardLogs"]),
        .library(name: "Summaries", targets: ["Summaries"]),
        .library(name: "TFRecord", targets: ["TFRecord"]),
        .library(name: "TrainingCore", targets: ["TrainingCore"]),
        .library(name: "Checkpoints", targets: ["Checkpoints"]),
        .library(name: "TensorBoardKit", targets: ["TensorBoardKit"]),
        .library(name: "TensorBoardMetrics", targets: ["TensorBoardMetrics"]),
        .library(name: "TensorBoardLogHandler", targets: ["TensorBoardLogHandler"]),
        .library(name: "TensorBoardService", targets: ["TensorBoardService"]),
        .library(name: "TensorBoardObjectStorage", targets: ["TensorBoardObjectStorage"]),
        .library(name: "TensorBoardTesting", targets: ["TensorBoardTesting"]),
        .executable(name: "train", targets: ["train"]),
        .executable(name: "tblog", targets: ["tblog"]),
        .executable(name: "tensorboard-data-server", targets: ["tensorboard-data-server"]),
    ],
    traits: [
        .default(enabledTraits: []),
        .trait(name: "Metrics", description: "TensorBoardMetrics, a backend of swift-metrics."),
        .trait(name: "Logging", description: "TensorBoardLogHandler, a backend of swift-log."),
        .trait(name: "ServiceLifecycle", description: "TensorBoardService, for swift-service-lifecycle."),
        .trait(name: "ObjectStorage", description: "TensorBoardObjectStorage, for logs in S3; needs libcurl."),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.6.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CProtobufC",
            pkgConfig: "libprotobuf-c",
            providers: [.apt(["libprotobuf-c-dev"]), .brew(["protobuf-c"])]
        ),
        .systemLibrary(
            name: "CZlib",
            pkgConfig: "zlib",
            providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]
        ),
        .systemLibrary(
            name: "CCurl",
            pkgConfig: "libcurl",
            providers: [.apt(["libcurl4-openssl-dev"]), .brew(["curl"])]
        ),
        .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .target(name: "CEventProtos", dependencies: ["CProtobufC"], exclude: ["proto"]),
        .target(name: "CDataServerProtos", dependencies: ["CProtobufC"], exclude: ["proto"]),
        .target(name: "CChecksum"),
        .target(name: "CKernels"),
        .target(name: "CDigits", exclude: ["README.md", "digits.csv.gz"]),
        .target(name: "Platform"),
        .target(name: "Summaries"),
        .target(name: "TFRecord", dependencies: ["CChecksum", "CZlib", "Platform", systemPackage]),
        .target(name: "EventCoding", dependencies: ["Summaries", "CEventProtos", "CProtobufC"]),
        .target(name: "MediaCoding", dependencies: ["CZlib"]),
        .target(name: "ParquetCoding", dependencies: ["CZlib"]),
        .target(name: "Drawing", dependencies: ["CKernels", "Platform", "Summaries"]),
        .target(name: "EventFiles", dependencies: ["EventCoding", "Platform", "TFRecord", systemPackage]),
        .target(
            name: "TensorBoard",
            dependencies: [
                "Summaries", "Drawing", "EventCoding", "EventFiles", "MediaCoding", "Platform", "TFRecord",
                systemPackage,
            ]
        ),
        .target(
            name: "TensorBoardLogs",
            dependencies: ["Summaries", "EventCoding", "EventFiles", "TFRecord", systemPackage]
        ),
        .target(name: "GRPC", dependencies: ["Platform"]),
        .target(
            name: "DataServerCoding",
            dependencies: ["Summaries", "EventCoding", "CDataServerProtos", "CProtobufC"]
        ),
        .target(
            name: "DataServer",
            dependencies: [
                "Summaries", "DataServerCoding", "EventCoding", "EventFiles", "GRPC", "Platform",
                "TensorBoardLogs",
                "TFRecord", systemPackage,
            ]
        ),
        .target(
            name: "TensorBoardObjectStorage",
            dependencies: [
                "Summaries", "EventFiles", "Platform", "TFRecord", "TensorBoard", "TensorBoardLogs", systemPackage,
                curl,
                crypto,
            ]
        ),
        .target(name: "TrainingCore", dependencies: ["CKernels", "Platform", "Summaries"]),
        .target(
            name: "Checkpoints",
            dependencies: ["EventFiles", "Platform", "Summaries", "TFRecord", "TrainingCore", systemPackage]
        ),
        .target(name: "TensorBoardKit", dependencies: ["TensorBoard", "Summaries", "Platform", systemPackage]),
        .target(name: "TensorBoardTesting", dependencies: ["TensorBoard", "Summaries"]),
        .target(name: "TensorBoardMetrics", dependencies: ["TensorBoard", "Summaries", metrics]),
        .target(name: "TensorBoardLogHandler", dependencies: ["TensorBoard", "Summaries", "Platform", logging]),
        .target(name: "TensorBoardService", dependencies: ["TensorBoard", lifecycle]),
        .target(name: "CommandLineSupport", dependencies: ["Platform", argumentParser]),
        .executableTarget(
            name: "train",
            dependencies: [
                "TensorBoard", "TensorBoardKit", "TrainingCore", "Checkpoints", "CDigits", "TFRecord",
                "CommandLineSupport",
                "Platform", argumentParser, systemPackage,
            ]
        ),
        .executableTarget(
            name: "tblog",
            dependencies: [
                "TensorBoard", "TensorBoardLogs", "Drawing", "EventFiles", "MediaCoding", "ParquetCoding",
                "CommandLineSupport", argumentParser, systemPackage, objectStorage,
            ]
        ),
        .executableTarget(
            name: "tensorboard-data-server",
            dependencies: [
                "DataServer", "GRPC", "TensorBoardLogs", "CommandLineSupport", "Platform", argumentParser,
                objectStorage,
            ]
        ),
        .executableTarget(
            name: "bench",
            dependencies: [
                "TensorBoard", "TensorBoardKit", "TensorBoardLogs", "EventFiles", "MediaCoding", "Platform",
                "Summaries",
                "TFRecord", "TrainingCore", "CommandLineSupport", argumentParser, systemPackage,
            ],
            path: "Benchmarks",
            exclude: ["ObjectStorage", "dataserver.py", "peers.py", "pillow.py", "readers.py", "training.py"]
        ),

        .executableTarget(
            name: "UploadingWorkers",
            dependencies: ["TensorBoard", "Platform", systemPackage, objectStorage],
            path: "Benchmarks/ObjectStorage",
            exclude: ["reading.py", "uploading.py"]
        ),

        .target(name: "TestSupport", dependencies: ["TFRecord", systemPackage], path: "Tests/TestSupport"),
        .target(
            name: "FuzzTargets",
            dependencies: [
                "TensorBoardLogs", "EventCoding", "CEventProtos", "CProtobufC", "Summaries", "TFRecord", "TestSupport",
                systemPackage,
            ],
            path: "Tests/FuzzTargets",
            exclude: ["Corpus"]
        ),
        .testTarget(name: "FuzzTargetsTests", dependencies: ["FuzzTargets", "TFRecord", systemPackage]),
        .testTarget(name: "SummariesTests", dependencies: ["Summaries"]),
        .testTarget(name: "DrawingTests", dependencies: ["Drawing", "Summaries"]),
        .testTarget(name: "TFRecordTests", dependencies: ["TFRecord", "CChecksum", systemPackage]),
        .testTarget(
            name: "EventCodingTests",
            dependencies: ["EventCoding", "CEventProtos", "CProtobufC", "Summaries", "FuzzTargets", "TestSupport"]
        ),
        .testTarget(name: "ParquetCodingTests", dependencies: ["ParquetCoding"]),
        .testTarget(name: "MediaCodingTests", dependencies: ["MediaCoding", "CZlib"]),
        .executableTarget(
            name: "KilledWriter",
            dependencies: ["TensorBoard", "Platform", systemPackage],
            path: "Tests/KilledWriter"
        ),
        .testTarget(
            name: "EventFilesTests",
            dependencies: ["EventFiles", "TestSupport", systemPackage]
        ),
        .testTarget(
            name: "TensorBoardLogsTests",
            dependencies: ["TensorBoardLogs", "TensorBoard", "TFRecord", "TestSupport", systemPackage]
        ),
        .testTarget(
            name: "TensorBoardTests",
            dependencies: [
                "TensorBoard", "TensorBoardLogs", "EventFiles", "KilledWriter", "Platform", "TestSupport",
                systemPackage,
            ]
        ),
        .target(name: "CAllocationCounter", path: "Tests/CAllocationCounter"),
        .testTarget(
            name: "TrainingCoreTests",
            dependencies: ["TrainingCore", "CKernels", "Summaries", "CAllocationCounter"],
            exclude: ["tensorflow_import.py"]
        ),
        .testTarget(
            name: "CheckpointsTests",
            dependencies: [
                "Checkpoints", "EventFiles", "Summaries", "TFRecord", "TrainingCore", "TestSupport", systemPackage,
            ],
            exclude: ["safetensors_peer.py"]
        ),
        .testTarget(
            name: "TensorBoardKitTests",
            dependencies: [
                "TensorBoardKit", "TensorBoardLogs", "TensorBoardTesting", "Platform", "TestSupport", systemPackage,
            ]
        ),
        .testTarget(name: "TensorBoardTestingTests", dependencies: ["TensorBoardTesting"]),
        .testTarget(name: "GRPCTests", dependencies: ["GRPC", "Platform"]),
        .testTarget(
            name: "DataServerTests",
            dependencies: [
                "DataServer", "Summaries", "TensorBoard", "TensorBoardLogs", "TFRecord", "TestSupport",
                "tensorboard-data-server", systemPackage,
            ]
        ),
        .executableTarget(
            name: "KilledUploader",
            dependencies: ["TensorBoard", "EventFiles", "Platform", systemPackage, objectStorage],
            path: "Tests/KilledUploader"
        ),
        .testTarget(
            name: "TensorBoardObjectStorageTests",
            dependencies: [
                "KilledUploader",
                "TensorBoardObjectStorage", "TensorBoard", "TensorBoardLogs", "EventFiles", "Platform", "TestSupport",
                systemPackage,
            ]
        ),
        .testTarget(name: "CommandLineSupportTests", dependencies: ["CommandLineSupport"]),
        .testTarget(
            name: "TrainTests",
            dependencies: [
                "train", "Checkpoints", "Platform", "TensorBoard", "TensorBoardLogs", "TrainingCore", "TestSupport",
                systemPackage,
            ]
        ),
        .testTarget(
            name: "TBLogTests",
            dependencies: [
                "tblog", "CommandLineSupport", "TensorBoard", "TensorBoardLogs", "TestSupport", systemPackage,
            ]
        ),
        .testTarget(
            name: "ConformanceTests",
            dependencies: [
                "TensorBoard", "TensorBoardKit", "TensorBoardLogs", "ParquetCoding", "Platform", "Summaries",
                "TrainingCore",
                "train",
                "tblog",
                "tensorboard-data-server",
                "TestSupport",
            ],
            exclude: ["Python"]
        ),
    ]
)

// Only scripts/fuzz asks for them: the compiler's fuzzer, which they are linked with, is not everywhere.
if Context.environment["BUILDS_FUZZER"] != nil {
    package.targets += [
        .target(name: "CFuzzing", path: "Tests/CFuzzing"),
        .executableTarget(
            name: "Fuzzer",
            dependencies: ["FuzzTargets", "CFuzzing", "TFRecord", systemPackage],
            path: "Tests/Fuzzer"
        ),
    ]
}

// https://docs.swift.org/compiler/documentation/diagnostics: what a later language mode will ask for, asked for today.
for target in package.targets where target.type != .system {
    target.swiftSettings = [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    ]
    // Set by CI. Not always on: a warning of tomorrow's compiler must not break a user's build.
    if Context.environment["WARNINGS_AS_ERRORS"] != nil {
        target.swiftSettings?.append(.treatAllWarnings(as: .error))
    }
}
