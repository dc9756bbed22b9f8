import Testing

extension ConformanceTests {
    /// What both loaders show of the hard cases.
    @Suite(
        .stockTensorBoard(
            serving: { try HardCases.write(in: $0) },
            isLoaded: { server in
                let tags = try await server.tags(dashboard: "scalars")
                return HardCases.runs.allSatisfy { tags[$0]?.contains("written") == true }
            }
        )
    )
    struct WriterConformanceTests {}
}
