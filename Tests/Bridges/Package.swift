// swift-tools-version: 6.2
import PackageDescription

// The tests of the products behind traits, in a package of their own: a user's package that asks for them. So the main
// package fetches nothing for them, and its build is not made anew. `swift test --package-path Tests/Bridges`.
let metrics = Target.Dependency.product(name: "TensorBoardMetrics", package: "swift-tensorboard")
let logHandler = Target.Dependency.product(name: "TensorBoardLogHandler", package: "swift-tensorboard")
let service = Target.Dependency.product(name: "TensorBoardService", package: "swift-tensorboard")
let logs = Target.Dependency.product(name: "TensorBoardLogs", package: "swift-tensorboard")

let package = Package(
    name: "Bridges",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "swift-tensorboard", path: "../..", traits: ["Metrics", "Logging", "ServiceLifecycle"]),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .executableTarget(
            name: "BridgeBenchmarks",
            dependencies: [
                metrics, logHandler,
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .target(name: "BridgeTestSupport", path: "Tests/Support"),
        .testTarget(name: "ExamplesTests", dependencies: ["BridgeTestSupport"]),
        .testTarget(
            name: "TensorBoardMetricsTests",
            dependencies: [
                "BridgeTestSupport", metrics, logs, .product(name: "CoreMetrics", package: "swift-metrics"),
            ]
        ),
        .testTarget(
            name: "TensorBoardLogHandlerTests",
            dependencies: [
                "BridgeTestSupport", logHandler, logs, .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .testTarget(
            name: "TensorBoardServiceTests",
            dependencies: [
                "BridgeTestSupport", service, metrics, logs,
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "ServiceLifecycleTestKit", package: "swift-service-lifecycle"),
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
