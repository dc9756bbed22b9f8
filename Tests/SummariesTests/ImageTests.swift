import Summaries
import Testing

struct ImageTests {
    @Test(arguments: 1...4)
    func planesAndPixelsMakeTheSameImage(channels: Int) throws {
        let (height, width) = (3, 5)
        let pixels = (0..<height * width * channels).map { UInt8($0 * 4) }
        let planes = (0..<channels).flatMap { channel in
            (0..<height * width).map { pixels[$0 * channels + channel] }
        }
        let image = try Image(pixels, height: height, width: width, channels: channels)
        let other = try Image(planes, height: height, width: width, channels: channels, layout: .channelsHeightWidth)
        #expect(image == other)
        #expect(image.samples == pixels)
        #expect(image[2, 4, channels - 1] == pixels.last)
        #expect(image[1, 0, 0] == pixels[width * channels])
    }

    @Test func aPixelCanBeReplaced() throws {
        var image = try Image([UInt8](repeating: 0, count: 12), height: 2, width: 2, channels: 3)
        image[1, 0, 2] = 9
        #expect(image.samples == [0, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0])
    }

    @Test func everyLevelSurvivesAsFloat() throws {
        let levels = (0...255).map { UInt8($0) }
        let image = try Image(levels.map { Float($0) / 255 }, height: 16, width: 16, channels: 1)
        #expect(image.samples == levels)
    }

    @Test func theRangeSaysWhatIsBlackAndWhite() throws {
        let image = try Image([-1, 0, 0.999, 1] as [Float], height: 2, width: 2, channels: 1, range: -1...1)
        #expect(image.samples == [0, 128, 255, 255])
    }

    @Test func anErrorOfRoundingAtTheEndsDoesNoHarm() throws {
        let image = try Image([-1e-6, 1.000_001] as [Float], height: 1, width: 2, channels: 1)
        #expect(image.samples == [0, 255])
    }

    @Test(arguments: [.nan, .infinity, -.infinity, -0.01, 1.01, 255, .greatestFiniteMagnitude] as [Float])
    func aSampleOutsideOfTheRangeIsRefused(sample: Float) {
        #expect(code(try Image([0, sample], height: 1, width: 2, channels: 1)) == .outOfRange)
    }

    @Test(arguments: [(1, 1), (-.infinity, 0), (0, .infinity), (-3e38, 3e38)] as [(Float, Float)])
    func aRangeWithoutWidthOrEndIsRefused(lower: Float, upper: Float) {
        #expect(code(try Image([1] as [Float], height: 1, width: 1, channels: 1, range: lower...upper)) == .outOfRange)
    }

    @Test(arguments: [(0, 1, 1), (1, 0, 1), (-1, -1, 1), (1, 1, 0), (1, 1, 5), (.max, 2, 1), (1 << 62, 1, 4)])
    func anImpossibleShapeIsRefused(height: Int, width: Int, channels: Int) {
        #expect(code(try Image([0] as [UInt8], height: height, width: width, channels: channels)) == .invalidShape)
        #expect(code(try Image([0] as [Float], height: height, width: width, channels: channels)) == .invalidShape)
    }

    @Test(arguments: [0, 11, 13])
    func aWrongNumberOfSamplesIsRefused(count: Int) {
        #expect(
            code(try Image([UInt8](repeating: 0, count: count), height: 2, width: 2, channels: 3)) == .wrongCount
        )
        #expect(
            code(try Image([Float](repeating: 0, count: count), height: 2, width: 2, channels: 3)) == .wrongCount
        )
    }

    @Test func aPixelOutsideIsTheProgrammersError() async {
        await #expect(processExitsWith: .failure) {
            _ = try Image([0, 0] as [UInt8], height: 1, width: 2, channels: 1)[1, 0, 0]
        }
    }

    private func code(_ make: @autoclosure () throws -> Image) -> SummaryError.Code? {
        do {
            _ = try make()
            return nil
        } catch {
            return (error as? SummaryError)?.code
        }
    }
}
