import Foundation
import Testing
import TrainingCore

struct PowerTests {
    /// What the C library's `pow` promises for what is no ordinary number.
    static let special: [(base: Float, exponent: Float)] = [
        (0, 0), (0, -1), (-0.0, -3), (-0.0, 3), (0, 2), (-2, 3), (-2, 2), (-8, 1 / 3), (-.infinity, 3),
        (-.infinity, 0.5),
        (.infinity, -1), (1, .nan), (.nan, 0), (.nan, 1), (2, .nan), (-1, .infinity), (0.5, -.infinity),
        (2, -.infinity),
        (-3, 0x1p30), (2, 200), (2, -200), (-1, 16_777_216),
    ]

    @Test func specialCasesAreThoseOfTheCLibrary() throws {
        for (base, exponent) in Self.special {
            let value = try #require(try evaluate(TensorValue(base)) { pow($0, exponent) }.floats?.first)
            let expected = Foundation.powf(base, exponent)
            #expect(value.isNaN == expected.isNaN, "\(base) to the power of \(exponent)")
            if !expected.isNaN {
                #expect(value.bitPattern == expected.bitPattern, "\(base) to the power of \(exponent)")
            }
        }
    }

    /// The nearest float, but for one argument in many thousands, where two floats are almost equally near.
    @Test func powersAreTheNearestFloat() throws {
        var stream = RandomStream(seed: 1, name: "pow")
        let bases = (0..<10_000).map { _ in Float(stream.nextUniform() * 8) }
        let exponents = (0..<10_000).map { _ in Float(stream.nextNormal() * 10) }
        let graph = Graph()
        let power = pow(
            graph.constant(TensorValue(shape: [10_000], bases)),
            graph.constant(TensorValue(shape: [10_000], exponents))
        )
        var differences = 0
        for (index, value) in try #require(try evaluate(power).floats).enumerated() {
            let expected = Foundation.pow(Double(bases[index]), Double(exponents[index]))
            guard value != Float(expected) else { continue }
            differences += 1
            #expect(abs(Double(value) - expected) <= Double(value.ulp) * 0.51)
        }
        #expect(differences <= 5)
    }

    @Test func shortNumbersAreExact() throws {
        #expect(try evaluate([1, 2, 3, 10, -5]) { pow($0, 2) } == [1, 4, 9, 100, 25])
        #expect(try evaluate([4, 9, 2.25]) { pow($0, 0.5) } == [2, 3, 1.5])
        #expect(try evaluate([2, 4]) { pow($0, -1) } == [0.5, 0.25])
        #expect(try evaluate([-3, 0, 2]) { abs($0) } == [3, 0, 2])
        #expect(try evaluate([-3, 0, 2]) { sign($0) } == [-1, 0, 1])
        #expect(try evaluate(TensorValue(.nan)) { sign($0) }.floats?.first?.isNaN == true)
    }

    /// As in TensorFlow: no NaN reaches the gradient of an exponent whose base is 0 or negative.
    @Test func theDerivativeByTheExponentIsZeroWhereTheBaseIsNotPositive() throws {
        let graph = Graph()
        let exponent = graph.variable("exponent", .constant([2, 2, 2]))
        let power = pow(graph.constant([0, -1, 1]), exponent)
        #expect(try evaluate(requiredGradients(of: power, withRespectTo: [exponent])[0]) == [0, 0, 0])
    }
}
