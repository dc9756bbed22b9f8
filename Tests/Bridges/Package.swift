// swift-tools-version: 6.2
import PackageDescription

// The tests of the products behind traits, in a package of their own: a user's package that asks for them. So the main
// package fetches nothing for them, and its build is not made anew. `swift test --package-path Tests/Bridges`.
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
        .testTarget(
            name: "TensorBoardMetricsTests",
            dependencies: [
                .product(name: "TensorBoardMetrics", package: "swift-tensorboard"),
                .product(name: "TensorBoardLogs", package: "swift-tensorboard"),
                .product(name: "Metrics", package: "swift-metrics"),
            ]
        ),
        .testTarget(
            name: "TensorBoardLogHandlerTests",
            dependencies: [
                .product(name: "TensorBoardLogHandler", package: "swift-tensorboard"),
                .product(name: "TensorBoardLogs", package: "swift-tensorboard"),
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .testTarget(
            name: "TensorBoardServiceTests",
            dependencies: [
                .product(name: "TensorBoardService", package: "swift-tensorboard"),
                .product(name: "TensorBoardLogs", package: "swift-tensorboard"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]
        ),
    ]
)

for target in package.targets { target.swiftSettings = [.swiftLanguageMode(.v6)] }
