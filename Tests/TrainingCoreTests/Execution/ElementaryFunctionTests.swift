import Foundation
import Testing
import TrainingCore

struct ElementaryFunctionTests {
    struct Function: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let operation: @Sendable (Tensor) -> Tensor
        let reference: @Sendable (Double) -> Double
    }

    static let functions = [
        Function(testDescription: "exp", operation: { exp($0) }, reference: { Foundation.exp($0) }),
        Function(testDescription: "log", operation: { log($0) }, reference: { Foundation.log($0) }),
        Function(testDescription: "tanh", operation: { tanh($0) }, reference: { Foundation.tanh($0) }),
        Function(testDescription: "sqrt", operation: { sqrt($0) }, reference: { $0.squareRoot() }),
        Function(testDescription: "sigmoid", operation: { sigmoid($0) }, reference: { 1 / (1 + Foundation.exp(-$0)) }),
    ]

    /// Floats of every exponent and sign, subnormal ones, infinities and NaN among them.
    static let everywhere = stride(from: UInt32.min, to: .max, by: 16_411).map { Float(bitPattern: $0) }
    /// Floats in the range where most of the work is done.
    static let common = (-100_000...100_000).map { Float($0) / 8192 }
    static let edges: [Float] = [
        0, -0.0, .infinity, -.infinity, .nan, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, .leastNormalMagnitude,
        .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 1, Float(1).nextUp, Float(1).nextDown, -1, 0.125,
        Float(0.125).nextDown, -0.125, 88.72283, 88.72284, -87.33655, -103.27893, -103.97208, -104, 120, -120, 121,
    ]

    @Test(arguments: functions)
    func resultIsTheNearestFloatButForRareCases(function: Function) throws {
        let samples = Self.everywhere + Self.common + Self.edges
        let results = try #require(
            try evaluate(TensorValue(shape: [samples.count], samples), function.operation).floats
        )
        var inexact = 0
        for (x, result) in zip(samples, results) {
            let expected = Float(function.reference(Double(x)))
            if result == expected || (result.isNaN && expected.isNaN) { continue }
            inexact += 1
            let isNeighbour = result == expected.nextUp || result == expected.nextDown
            #expect(isNeighbour, "\(function.testDescription)(\(x)) is \(result), expected \(expected)")
        }
        #expect(inexact <= samples.count / 100_000)
    }

    @Test func signsOfZeroAreKept() throws {
        let zeros = TensorValue(shape: [2], [0, -0.0])
        for operation in [{ tanh($0) }, { sqrt($0) }] as [(Tensor) -> Tensor] {
            let results = try #require(try evaluate(zeros, operation).floats)
            #expect(results.map(\.sign) == [.plus, .minus])
        }
    }

    /// Results that x86-64 gave; another machine must give the same bits.
    @Test func resultsHaveKnownBits() throws {
        let samples = TensorValue(shape: [4], [0.1, 1.7, -3.3, 20.5])
        func bits(_ operation: (Tensor) -> Tensor) throws -> [UInt32] {
            try #require(try evaluate(samples, operation).floats).map(\.bitPattern)
        }
        #expect(try bits { exp($0) } == [1_066_235_454, 1_085_221_524, 1_024_922_318, 1_312_732_712])
        #expect(try bits { tanh($0) } == [1_036_787_388, 1_064_269_560, 3_212_791_280, 1_065_353_216])
        #expect(try bits { sigmoid($0) } == [1_057_383_689, 1_062_761_719, 1_024_570_137, 1_065_353_216])
        #expect(try bits { log(square($0)) } == [3_230_883_214, 1_065_867_073, 1_075_368_563, 1_086_410_404])
    }
}
