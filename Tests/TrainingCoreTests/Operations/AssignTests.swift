import Testing
import TrainingCore

struct AssignTests {
    @Test func assignmentsChangeVariablesWhenTheyRun() throws {
        let graph = Graph()
        let x = graph.variable("x", .constant([1, 2]))
        let set = assign(x, to: x * 10)
        let add = assignAdd(x, graph.constant([1, 1]), name: "increase")
        #expect([set.name, add.name] == ["Assign", "increase"])
        let session = try Session(graph)
        try session.run(set)
        try session.run(add)
        #expect(try session.value(of: x) == [11, 21])
    }

    /// All see the values from before the run, so two variables can change places.
    @Test func aGroupRunsAll() throws {
        let graph = Graph()
        let (a, b) = (graph.variable("a", .constant(1)), graph.variable("b", .constant(2)))
        let swap = graph.group([assign(a, to: b), assign(b, to: a)], name: "swap")
        let twice = graph.group([assignAdd(a, graph.constant(10)), assignAdd(a, graph.constant(100))])
        let seen = identity(a)
        let session = try Session(graph)
        #expect(try session.run(swap, seen).scalar(seen) == 1)
        #expect(try [a, b].map { try session.value(of: $0) } == [2, 1])
        try session.run(twice)
        #expect(try session.value(of: a) == 112)
    }

    @Test func anAssignmentHasNoValue() throws {
        let graph = Graph()
        let set = assign(graph.variable("x", .zeros([])), to: graph.constant(1))
        #expect(set.dataType == nil && set.shape == nil)
        _ = square(set)
        expectMistake(.typeMismatch, in: graph)
    }

    @Test func shapesMustBeEqual() {
        let graph = Graph()
        _ = assign(graph.variable("x", .zeros([2])), to: graph.constant(1))
        expectMistake(.shapeMismatch, in: graph)
    }

    @Test func onlyVariablesCanBeAssigned() {
        let graph = Graph()
        _ = assignAdd(graph.constant(1, name: "one"), graph.constant(1))
        #expect(expectMistake(.invalidArgument, in: graph).contains("'one'"))
    }
}
