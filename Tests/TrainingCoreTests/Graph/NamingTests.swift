import Testing
import TrainingCore

struct NamingTests {
    @Test func namesThatAreTakenGetASuffix() {
        let graph = Graph()
        let names = (0..<4).map { _ in graph.placeholder("X", shape: []).name }
        #expect(names == ["X", "X_1", "X_2", "X_3"])
    }

    @Test func letterCaseDoesNotMakeANameFree() {
        let graph = Graph()
        let x = graph.placeholder("mean", shape: [3])
        #expect(mean(x).name == "Mean_1")
        #expect(graph.placeholder("MEAN_1", shape: []).name == "MEAN_1_1")
    }

    @Test func aSuffixThatAUserTookIsSkipped() {
        let graph = Graph()
        #expect(graph.placeholder("X_1", shape: []).name == "X_1")
        #expect(graph.placeholder("X", shape: []).name == "X")
        #expect(graph.placeholder("X", shape: []).name == "X_2")
    }

    @Test func operationsHaveTensorFlowsNames() {
        let graph = Graph()
        let x = graph.placeholder(shape: [2, 2])
        let names = [
            x, x + x, x - x, x * x, x / x, -x, exp(x), log(x), square(x), sqrt(x), sigmoid(x), tanh(x), relu(x),
            softmax(x), sum(x), mean(x), greater(x, x), equal(x, x), cast(x, to: .bool), argMax(x, axis: 0),
            matmul(x, x), identity(x), graph.constant(1), graph.variable(nil, .zeros([1])),
        ].map(\.name)
        let expected = [
            "Placeholder", "add", "sub", "mul", "truediv", "Neg", "Exp", "Log", "Square", "Sqrt", "Sigmoid", "Tanh",
            "Relu", "Softmax", "Sum", "Mean", "Greater", "Equal", "Cast", "ArgMax", "MatMul", "Identity", "Const",
            "Variable",
        ]
        #expect(names == expected)
    }

    @Test func everyOperationTakesAName() {
        let graph = Graph()
        let x = graph.placeholder("x", shape: [2, 2])
        let names = [
            add(x, x, name: "a"), subtract(x, x, name: "b"), multiply(x, x, name: "c"), divide(x, x, name: "d"),
            neg(x, name: "e"), matmul(x, x, name: "f"), greater(x, 1, name: "g"), mean(x, name: "h"),
        ].map(\.name)
        #expect(names == ["a", "b", "c", "d", "e", "f", "g", "h"])
    }

    @Test func numbersBecomeConstantsInsideTheirOperation() {
        let graph = Graph()
        let x = graph.placeholder("x", shape: [])
        #expect((1 - x).name == "sub")
        #expect(graph.tensor(named: "sub/x")?.shape == [])
        #expect((x - 1).name == "sub_1")
        #expect(graph.tensor(named: "sub_1/y") != nil)
    }

    @Test func scopesNestAndGiveBackWhatTheirBodyReturns() throws {
        let graph = Graph()
        let inner = graph.nameScope("encoder") { graph.nameScope("block") { graph.placeholder("x", shape: []) } }
        #expect(inner.name == "encoder/block/x")
        #expect(graph.placeholder("x", shape: []).name == "x")
    }

    @Test func anErrorLeavesTheScope() {
        struct Failure: Error {}
        let graph = Graph()
        #expect(throws: Failure.self) { try graph.nameScope("a") { () throws(Failure) in throw Failure() } }
        #expect(graph.placeholder("x", shape: []).name == "x")
    }

    @Test func aScopeThatIsEnteredTwiceGetsASuffix() {
        let graph = Graph()
        let name = { graph.placeholder("x", shape: []).name }
        #expect(graph.nameScope("layer1", name) == "layer1/x")
        #expect(graph.nameScope("layer1", name) == "layer1_1/x")
        #expect(graph.nameScope("layer1/", name) == "layer1/x_1")
        #expect(graph.nameScope("a") { graph.nameScope("layer1/", name) } == "layer1/x_2")
        #expect(graph.nameScope("a") { graph.nameScope("", name) } == "x")
    }

    @Test func aNodeAndAScopeShareTheirNames() {
        let graph = Graph()
        #expect(graph.placeholder("layer", shape: []).name == "layer")
        #expect(graph.nameScope("layer") { graph.placeholder("x", shape: []).name } == "layer_1/x")
    }

    @Test func aNodeMovesAsideForTheNodesThatAreDrawnWithIt() throws {
        let graph = Graph()
        _ = graph.nameScope("w/") { graph.placeholder("read", shape: []) }
        #expect(graph.variable("w", .zeros([1])).name == "w_1")
        let names = graph.definition.nodes.map(\.name)
        #expect(Set(names).count == names.count)
    }

    @Test(arguments: ["", "my weights", "_x", "größe", "a//b", "/a", "a/", "x:0", "^x"])
    func namesThatTensorFlowWouldRefuseAreMistakes(name: String) {
        let graph = Graph()
        _ = graph.placeholder(name, shape: [])
        let message = expectMistake(.invalidName, in: graph)
        #expect(message.contains("'\(name)'"))
    }

    @Test(arguments: ["a b", "_a", "a//b"])
    func scopesWithSuchNamesAreMistakes(name: String) {
        let graph = Graph()
        graph.nameScope(name) { _ = graph.placeholder("x", shape: []) }
        expectMistake(.invalidName, in: graph)
    }

    @Test func tensorsAreFoundByName() throws {
        let graph = Graph()
        let x = graph.nameScope("a") { graph.placeholder("x", shape: []) }
        #expect(graph.tensor(named: "a/x") == x)
        #expect(graph.tensor(named: "x") == nil)
        #expect("\(x)" == "a/x [] float")
    }
}
