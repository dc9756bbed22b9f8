import Summaries
import Testing

@testable import TensorBoard

struct SpriteSheetTests {
    @Test(
        arguments: [
            (1, 28, 28, 1, 1), (2, 28, 28, 2, 1), (10, 28, 28, 4, 3), (10_000, 28, 28, 100, 100),
            // Wide thumbnails need fewer of them in a row.
            (100, 40, 10, 5, 20), (100, 10, 40, 20, 5), (1, 8192, 8192, 1, 1), (8192, 8192, 1, 1, 8192),
            (67_108_864, 1, 1, 8192, 8192), (4, 3000, 2000, 2, 2), (5, 8192, 1000, 1, 5),
        ]
    )
    func anArrangementIsAboutSquareAndFits(_ count: Int, width: Int, height: Int, columns: Int, rows: Int) throws {
        let sheet = try #require(SpriteSheet(count: count, width: width, height: height))
        #expect([sheet.columns, sheet.rows] == [columns, rows])
        #expect(sheet.columns * width <= 8192 && sheet.rows * height <= 8192)
    }

    @Test(arguments: [(2, 8192, 8192), (1, 8193, 1), (1, 1, 8193), (9, 4096, 3000), (67_108_865, 1, 1)])
    func whatIsTooLargeHasNone(_ count: Int, width: Int, height: Int) {
        #expect(SpriteSheet(count: count, width: width, height: height) == nil)
    }

    @Test func thumbnailsStandRowByRow() throws {
        let images = try (1...3).map { value in
            try Image([UInt8](repeating: UInt8(value), count: 4), height: 1, width: 2, channels: 2)
        }
        let sheet = try #require(SpriteSheet(count: 3, width: 2, height: 1))
        #expect([sheet.columns, sheet.rows] == [2, 2])
        #expect(sheet.samples(images) == [1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 0, 0, 0, 0])
    }
}
