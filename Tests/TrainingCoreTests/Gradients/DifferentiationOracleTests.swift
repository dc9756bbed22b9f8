#if canImport(_Differentiation)
import Foundation
import Testing
import TrainingCore
import _Differentiation

/// The compiler's own differentiation, which shares no code with the graph's, as a witness.
struct DifferentiationOracleTests {
    /// The cost of the lecture's network: weights and biases of the first layer, then those of the second.
    @differentiable(reverse,wrt: parameters)
    static func cost(_ parameters: [Double], _ inputs: [Double], _ labels: [Double]) -> Double {
        var total = 0.0
        for row in 0..<4 {
            let a = inputs[2 * row]
            let b = inputs[2 * row + 1]
            let h0 = 1 / (1 + exp(-(a * parameters[0] + b * parameters[2] + parameters[4])))
            let h1 = 1 / (1 + exp(-(a * parameters[1] + b * parameters[3] + parameters[5])))
            let h = 1 / (1 + exp(-(h0 * parameters[6] + h1 * parameters[7] + parameters[8])))
            let y = labels[row]
            total = total + y * Foundation.log(h) + (1 - y) * Foundation.log(1 - h)
        }
        return -total / 4
    }

    @Test(arguments: 0..<5 as Range<UInt64>)
    func gradientsOfTheNetworkEqualTheCompilers(seed: UInt64) throws {
        let lab = Lab()
        let derivatives = try requiredGradients(of: lab.cost, withRespectTo: lab.graph.trainableVariables)
        let session = try Session(lab.graph, seed: seed)
        let parameters = try lab.graph.trainableVariables.flatMap { try session.value(of: $0).floats ?? [] }
        let (cost, pullback) = valueWithPullback(at: parameters.map(Double.init)) {
            Self.cost($0, (XOR.inputs.floats ?? []).map(Double.init), (XOR.labels.floats ?? []).map(Double.init))
        }
        let expected = pullback(1).base

        let result = try session.run([lab.cost] + derivatives, feeding: lab.feeds)
        #expect(abs(Double(try #require(result.scalar(lab.cost))) - cost) < 1e-6)
        let computed = derivatives.flatMap { result[$0]?.floats ?? [] }
        #expect(computed.count == 9)
        for (value, expected) in zip(computed, expected) {
            #expect(abs(Double(value) - expected) < 1e-6)
        }
    }
}
#endif
