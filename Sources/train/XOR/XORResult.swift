/// What one run of the lab has come to.
struct XORResult: Sendable {
    let run: String
    let logDirectory: String
    let learningRate: Float
    /// The network's outputs for the four inputs.
    let hypothesis: [Float]
    /// The outputs, rounded to a class.
    let predicted: [Float]
    /// The part of the inputs whose class is right, from 0 to 1.
    let accuracy: Float
    let cost: Float
    /// The first step at which all classes were right; `nil` if there was none.
    let stepsToLearn: Int?
    /// The first step at which the cost was no number; `nil` if there was none.
    let firstNaNStep: Int?
    let seconds: Double
}
