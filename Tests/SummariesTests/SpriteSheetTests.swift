import Summaries
import Testing

struct SpriteSheetTests {
    @Test(
        arguments: [
            (1, 28, 28, 1), (2, 28, 28, 2), (4, 28, 28, 2), (5, 28, 28, 3), (10_000, 28, 28, 100),
            (10_001, 28, 28, 101),
            (100, 40, 10, 10), (1, 8192, 8192, 1), (4, 4096, 1, 2), (67_108_864, 1, 1, 8192),
        ]
    )
    func anArrangementHasAsManyRowsAsColumns(_ count: Int, width: Int, height: Int, rank: Int) throws {
        #expect(try #require(SpriteSheet(count: count, width: width, height: height)).rank == rank)
    }

    @Test(arguments: [(2, 8192, 1), (1, 8193, 1), (1, 1, 8193), (5, 4096, 3000), (67_108_865, 1, 1)])
    func whatIsTooLargeHasNone(_ count: Int, width: Int, height: Int) {
        #expect(SpriteSheet(count: count, width: width, height: height) == nil)
    }

    @Test func thumbnailsStandRowByRow() throws {
        let images = try (1...3).map { value in
            try Image([UInt8](repeating: UInt8(value), count: 4), height: 1, width: 2, channels: 2)
        }
        let sheet = try #require(SpriteSheet(count: 3, width: 2, height: 1))
        #expect(sheet.rank == 2)
        #expect(sheet.samples(images) == [1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 0, 0, 0, 0])
    }
}
