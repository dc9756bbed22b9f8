// swift-tools-version: 6.2
import PackageDescription

// A user's package: it sees what is public, and nothing else. `swift run --package-path Tests/Consumer`.
let package = Package(
    name: "Consumer",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "swift-tensorboard", path: "../..")],
    targets: [
        .executableTarget(
            name: "Consumer",
            dependencies: [.product(name: "TensorBoard", package: "swift-tensorboard")],
            swiftSettings: [.swiftLanguageMode(.v6)]
        )
    ]
)
