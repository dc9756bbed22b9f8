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
