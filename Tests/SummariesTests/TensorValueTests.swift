import Summaries
import Testing

struct TensorValueTests {
    @Test func nestedLiteralsMakeAMatrix() {
        let matrix: TensorValue = [[0, 1], [2, 3], [4, 5.5]]
        #expect(matrix.shape == [3, 2])
        #expect(matrix.floats == [0, 1, 2, 3, 4, 5.5])
        #expect(matrix.dataType == .float)
    }

    @Test func aNumberMakesAScalar() {
        let scalar: TensorValue = 2
        #expect(scalar.shape == [])
        #expect(scalar.count == 1)
    }

    @Test func onlyFloatsAreFloats() {
        #expect(TensorValue(shape: [1], elements: .int64([1])).floats == nil)
    }

    @Test func unequalRowsAreRefused() async {
        await #expect(processExitsWith: .failure) {
            let _: TensorValue = [[0, 1], [2]]
        }
    }

    @Test func aShapeThatDoesNotFitIsRefused() async {
        await #expect(processExitsWith: .failure) { _ = TensorValue(shape: [2, 2], [1, 2, 3]) }
    }

    @Test func shapesKnowTheirSize() {
        #expect(TensorShape([2, 3]).elementCount == 6)
        #expect(TensorShape([]).elementCount == 1)
        #expect(TensorShape([nil, 3]).elementCount == nil)
        #expect(TensorShape([.max, 2]).elementCount == nil)
        #expect(TensorShape([nil, 3]).description == "[?, 3]")
    }
}

struct TensorElementsTests {
    static let one: [TensorValue.Elements] = [
        .float([1]), .double([1]), .half(bits: [1]), .int8([1]), .int16([1]), .int32([1]),
        .int64([1]), .uint8([1]), .uint16([1]), .uint32([1]), .uint64([1]), .bool([true]), .string([[1]]),
        .bfloat16(bits: [1]), .qint8([1]), .qint16([1]), .qint32([1]), .quint8([1]), .quint16([1]),
        .complex64([[1, 2]]), .complex128([[1, 2]]),
    ]

    @Test func everyDataTypeHasElements() {
        #expect(Set(Self.one.map(\.dataType)) == Set(DataType.allCases))
        #expect(Self.one.allSatisfy { $0.count == 1 })
    }

    #if !((os(macOS) || targetEnvironment(macCatalyst)) && arch(x86_64))
    @Test func halfKeepsItsBits() {
        #expect(TensorValue.Elements.half([1, -2, 65_504]) == .half(bits: [0x3C00, 0xC000, 0x7BFF]))
    }
    #endif

    /// What a program outside of this package calls.
    @Test func aShapeThatDoesNotFitIsAnError() throws {
        let make: ([Int], [Float]) throws(SummaryError) -> TensorValue = TensorValue.init(shape:_:)
        let makeAny: ([Int], TensorValue.Elements) throws(SummaryError) -> TensorValue = TensorValue.init(
            shape:
            elements:
        )
        #expect(try make([2, 2], [1, 2, 3, 4]) == [[1, 2], [3, 4]])
        let cases: [([Int], SummaryError.Code)] = [
            ([2, 2], .wrongCount), ([], .wrongCount), ([.max, .max], .wrongCount), ([-1, -3], .invalidShape),
        ]
        for (shape, code) in cases {
            #expect(#expect(throws: SummaryError.self) { try make(shape, [1, 2, 3]) }?.code == code)
            #expect(#expect(throws: SummaryError.self) { try makeAny(shape, .int32([1, 2, 3])) }?.code == code)
        }
    }
}
