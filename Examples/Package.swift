// swift-tools-version: 6.2
import PackageDescription

// Programs as a user would write them, in a package of their own: what they need is fetched for nobody else.
// `swift run --package-path Examples TrainingLoop`.
func ours(_ product: String) -> Target.Dependency { .product(name: product, package: "swift-tensorboard") }
let tensorBoard = ours("TensorBoard")

/// What only the server needs: fetched and built with the trait Hummingbird alone.
func server(_ product: String, _ package: String) -> Target.Dependency {
    .product(name: product, package: package, condition: .when(traits: ["Hummingbird"]))
}

let package = Package(
    name: "Examples",
    platforms: [.macOS(.v15)],
    traits: [
        .default(enabledTraits: []),
        .trait(name: "Hummingbird", description: "HummingbirdService, which takes minutes to build."),
    ],
    dependencies: [
        .package(
            name: "swift-tensorboard",
            path: "..",
            traits: [
                .trait(name: "Metrics", condition: .when(traits: ["Hummingbird"])),
                .trait(name: "Logging", condition: .when(traits: ["Hummingbird"])),
                .trait(name: "ServiceLifecycle", condition: .when(traits: ["Hummingbird"])),
            ]
        ),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
    ],
    targets: [
        .executableTarget(name: "TrainingLoop", dependencies: [tensorBoard]),
        .executableTarget(name: "Differentiation", dependencies: [tensorBoard]),
        .executableTarget(name: "FineTuningCallback", dependencies: [tensorBoard]),
        .executableTarget(name: "Epidemic", dependencies: [tensorBoard]),
        .executableTarget(name: "TrainingKit", dependencies: [ours("TensorBoardKit"), ours("TrainingCore")]),
        .executableTarget(name: "ReadBack", dependencies: [ours("TensorBoardLogs"), ours("TFRecord")]),
        .target(name: "RandomWalk", dependencies: [ours("Summaries")]),
        .testTarget(name: "RandomWalkTests", dependencies: ["RandomWalk", ours("TensorBoardTesting")]),
        .executableTarget(
            name: "HummingbirdService",
            dependencies: [
                tensorBoard,
                server("TensorBoardMetrics", "swift-tensorboard"),
                server("TensorBoardLogHandler", "swift-tensorboard"),
                server("TensorBoardService", "swift-tensorboard"),
                server("Hummingbird", "hummingbird"),
                server("Metrics", "swift-metrics"),
                server("Logging", "swift-log"),
                server("ServiceLifecycle", "swift-service-lifecycle"),
            ]
        ),
    ]
)

for target in package.targets {
    target.swiftSettings = [.swiftLanguageMode(.v6)]
    if Context.environment["WARNINGS_AS_ERRORS"] != nil {
        target.swiftSettings?.append(.treatAllWarnings(as: .error))
    }
}
