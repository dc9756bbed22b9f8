import Foundation
import TensorBoard
import Testing

@testable import train

/// A short run of the gallery.
private enum ShortGallery {
    static func train(in directory: URL) throws {
        let steps = 2
        let path = FilePath(directory.appendingPathComponent("gallery").path)
        try withSummaryWriter(logDirectory: path) { writer in
            var training = try GalleryTraining(writer, steps: steps, seed: 1)
            _ = try training.run(TrainingConsole(runs: ["gallery"], steps: steps, isQuiet: true))
        }
    }
}

extension ConformanceTests {
    /// What both loaders show of the gallery.
    @Suite(
        .stockTensorBoard(
            serving: { try ShortGallery.train(in: $0) },
            isLoaded: { server in
                // The last that a run logs is how it ended.
                try await server.hyperparameterGroups().first?.sessions.map(\.status) == ["STATUS_SUCCESS"]
            }
        )
    )
    struct GalleryConformanceTests {
        @Test(arguments: Loader.available)
        func everyDashboardHasSomethingToShow(loader: Loader) async throws {
            let server = try Served.by(loader)
            #expect(try await server.runs() == ["gallery"])
            let expected: Set = [
                "scalars", "custom_scalars", "images", "audio", "graphs", "distributions", "histograms", "text",
                "pr_curves", "hparams", "mesh", "projector", "timeseries",
            ]
            // Some are worked out in the background.
            let active = try await poll("all dashboards of the gallery") {
                let active = try await server.activeDashboards()
                return active.isSuperset(of: expected) ? active : nil
            }
            #expect(active.isSuperset(of: expected))
        }

        @Test(arguments: Loader.available)
        func cardsHaveTheirTitlesAndDescriptions(loader: Loader) async throws {
            let server = try Served.by(loader)
            let cards: [(dashboard: String, tag: String, title: String?, part: String)] = [
                ("scalars", "loss/validation", nil, "<strong>never seen</strong>"),
                ("histograms", "certainty/validation", "certainty of the validation points", "likeliest arm"),
                ("images", "plane/video", nil, "animated PNG"),
                ("audio", "sound/losses", nil, "The losses as tones"),
                ("pr_curves", "validation/green", nil, "<em>green</em>"),
            ]
            for (dashboard, tag, title, part) in cards {
                let described = try #require(try await server.tagDescriptions(dashboard: dashboard)["gallery"]?[tag])
                if let title { #expect(described.displayName == title) }
                #expect(described.description.contains(part), "\(dashboard)")
            }
        }

        @Test(arguments: Loader.available)
        func theGraphIsShownWithItsLayersAndTimes(loader: Loader) async throws {
            let tags = try await Served.by(loader).graphTags(run: "gallery")
            #expect(tags["classifier"]?.conceptual_graph == true)
            #expect(tags["step2"]?.profile == true)
        }
    }
}
