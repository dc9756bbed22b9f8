// swift-tools-version: 6.2
import PackageDescription

// Programs as a user would write them, in a package of their own: what they need is fetched for nobody else.
// `swift run --package-path Examples TrainingLoop`.
let tensorBoard = Target.Dependency.product(name: "TensorBoard", package: "swift-tensorboard")

let package = Package(
    name: "Examples",
    platforms: [.macOS(.v15)],
    traits: [
        .default(enabledTraits: []),
        .trait(name: "Hummingbird", description: "HummingbirdService, which takes minutes to build."),
    ],
    dependencies: [
        .package(name: "swift-tensorboard", path: "..", traits: ["Metrics", "Logging", "ServiceLifecycle"]),
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
        .executableTarget(
            name: "HummingbirdService",
            dependencies: [
                tensorBoard,
                .product(name: "TensorBoardMetrics", package: "swift-tensorboard"),
                .product(name: "TensorBoardLogHandler", package: "swift-tensorboard"),
                .product(name: "TensorBoardService", package: "swift-tensorboard"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Hummingbird", package: "hummingbird", condition: .when(traits: ["Hummingbird"])),
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
