import CZlib
import MediaCoding

/// Reads the PNG files that the encoder writes, and nothing else, from the text of the specification.
struct PNGDecoder {
    struct Failure: Error {
        let reason: String
    }

    struct Chunk: Equatable {
        let type: String
        let data: [UInt8]
    }

    struct Frame: Equatable {
        let samples: [UInt8]
        let delayNumerator: Int
        let delayDenominator: Int
        /// Width, height, x and y of what the file stores.
        let rectangle: [Int]
    }

    let chunks: [Chunk]
    let shape: ImageShape

    init(_ file: [UInt8]) throws {
        guard file.starts(with: [137, 80, 78, 71, 13, 10, 26, 10]) else { throw Failure(reason: "no signature") }
        var chunks: [Chunk] = []
        var rest = file.dropFirst(8)
        while !rest.isEmpty {
            let count = try Self.number(rest)
            guard rest.count >= count + 12 else { throw Failure(reason: "a chunk is cut short") }
            let typeAndData = Array(rest.dropFirst(4).prefix(count + 4))
            let checksum = crc32(0, typeAndData, UInt32(typeAndData.count))
            guard try UInt(Self.number(rest.dropFirst(count + 8))) == checksum else {
                throw Failure(reason: "a checksum is wrong")
            }
            let type = String(decoding: typeAndData.prefix(4), as: UTF8.self)
            chunks.append(Chunk(type: type, data: Array(typeAndData[4...])))
            rest = rest.dropFirst(count + 12)
        }
        guard let header = chunks.first, header.type == "IHDR", header.data.count == 13, header.data[8] == 8,
            Array(header.data[10...]) == [0, 0, 0], let channels = [0: 1, 4: 2, 2: 3, 6: 4][header.data[9]],
            chunks.last == Chunk(type: "IEND", data: [])
        else { throw Failure(reason: "no usable IHDR or no IEND") }
        self.chunks = chunks
        shape = try ImageShape(
            width: Self.number(header.data[0...]),
            height: Self.number(header.data[4...]),
            channels: channels
        )
    }

    /// The samples of the picture that a viewer shows which knows no animations.
    func samples() throws -> [UInt8] {
        try Self.unfilter(inflate(chunks.filter { $0.type == "IDAT" }.flatMap(\.data)), shape)
    }

    /// All frames as they are shown, and how often they are.
    func animation() throws -> (frames: [Frame], loopCount: Int) {
        guard chunks.count > 1, chunks[1].type == "acTL", chunks[1].data.count == 8 else {
            throw Failure(reason: "no acTL behind IHDR")
        }
        var nextNumber = 0
        var frames: [Frame] = []
        var canvas = [UInt8](repeating: 0, count: shape.sampleCount)
        for index in chunks.indices where chunks[index].type == "fcTL" {
            let control = chunks[index].data
            guard control.count == 26, control[24...] == [0, 0], try Self.number(control[0...]) == nextNumber else {
                throw Failure(reason: "an fcTL is wrong")
            }
            nextNumber += 1
            let rectangle = try [4, 8, 12, 16].map { try Self.number(control[$0...]) }
            var data: [UInt8] = []
            for chunk in chunks[(index + 1)...] {
                if frames.isEmpty, chunk.type == "IDAT" {
                    data += chunk.data
                } else if !frames.isEmpty, chunk.type == "fdAT" {
                    let number = try Self.number(chunk.data[0...])
                    guard number == nextNumber else { throw Failure(reason: "the number of an fdAT is wrong") }
                    nextNumber += 1
                    data += chunk.data[4...]
                } else {
                    break
                }
            }
            let (width, height, x, y) = (rectangle[0], rectangle[1], rectangle[2], rectangle[3])
            guard x + width <= shape.width, y + height <= shape.height else {
                throw Failure(reason: "a frame reaches out of the picture")
            }
            let part = try ImageShape(width: width, height: height, channels: shape.channels)
            let samples = try Self.unfilter(inflate(data), part)
            let rowCount = width * shape.channels
            for row in 0..<height {
                let start = ((y + row) * shape.width + x) * shape.channels
                canvas.replaceSubrange(start..<start + rowCount, with: samples[row * rowCount..<(row + 1) * rowCount])
            }
            frames.append(
                Frame(
                    samples: canvas,
                    delayNumerator: Int(control[20]) << 8 + Int(control[21]),
                    delayDenominator: Int(control[22]) << 8 + Int(control[23]),
                    rectangle: rectangle
                )
            )
        }
        guard try Self.number(chunks[1].data[0...]) == frames.count else {
            throw Failure(reason: "acTL names another number of frames")
        }
        return (frames, try Self.number(chunks[1].data[4...]))
    }

    private static func number(_ bytes: ArraySlice<UInt8>) throws -> Int {
        guard bytes.count >= 4 else { throw Failure(reason: "the file is cut short") }
        return bytes.prefix(4).reduce(0) { $0 << 8 | Int($1) }
    }

    private func inflate(_ stream: [UInt8]) throws -> [UInt8] {
        // At most as much as a whole picture, and one byte more to see when there is more than that.
        var output = [UInt8](repeating: 0, count: shape.sampleCount + shape.height + 1)
        var count = uLongf(output.count)
        var consumed = uLong(stream.count)
        guard uncompress2(&output, &count, stream, &consumed) == Z_OK, consumed == stream.count else {
            throw Failure(reason: "the data cannot be inflated")
        }
        return Array(output.prefix(Int(count)))
    }

    private static func unfilter(_ data: [UInt8], _ shape: ImageShape) throws -> [UInt8] {
        let rowCount = shape.width * shape.channels
        guard data.count == shape.height * (rowCount + 1) else {
            throw Failure(reason: "there are not as many samples as pixels")
        }
        var samples: [UInt8] = []
        samples.reserveCapacity(shape.sampleCount)
        for y in 0..<shape.height {
            let filter = data[y * (rowCount + 1)]
            for index in 0..<rowCount {
                let isFirst = index < shape.channels
                let left = isFirst ? 0 : Int(samples[samples.count - shape.channels])
                let above = y == 0 ? 0 : Int(samples[samples.count - rowCount])
                let aboveLeft = y == 0 || isFirst ? 0 : Int(samples[samples.count - rowCount - shape.channels])
                let prediction: Int
                switch filter {
                case 0: prediction = 0
                case 1: prediction = left
                case 2: prediction = above
                case 3: prediction = (left + above) / 2
                case 4:
                    let estimate = left + above - aboveLeft
                    // The first of equals wins, in this order.
                    prediction = [left, above, aboveLeft].min { abs(estimate - $0) < abs(estimate - $1) } ?? 0
                default: throw Failure(reason: "there is no filter \(filter)")
                }
                samples.append(data[y * (rowCount + 1) + 1 + index] &+ UInt8(prediction))
            }
        }
        return samples
    }
}
