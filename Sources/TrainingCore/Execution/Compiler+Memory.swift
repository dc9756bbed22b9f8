// Where values lie, and how long.
extension Compiler {
    /// Finds a place for every value, and gives it back after the last node that reads it.
    mutating func placeValues() throws(TrainingError) {
        let expiring = Dictionary(grouping: order.filter { self[$0].lastUse < .max }) { self[$0].lastUse }
        // What is there before the first kernel of a run gets memory first, so that it shares none with what comes later.
        for index in order where self[index].needsValue && isThereBeforeRuns(index) {
            placeValue(index)
            try checkMemory(index)
        }
        for index in order where self[index].needsValue && !isThereBeforeRuns(index) {
            placeValue(index)
            try checkMemory(index)
            for last in expiring[index] ?? [] {
                if let place = self[last].place { layout.release(place, self[last].count) }
            }
        }
    }

    func checkMemory(_ index: Int) throws(TrainingError) {
        guard layout.count > memoryLimit / MemoryLayout<Float>.stride else { return }
        throw TrainingError(tooLarge: nodes[index].name, TensorShape(self[index].shape), limit: memoryLimit)
    }

    mutating func placeValue(_ index: Int) {
        let node = nodes[index]
        guard feeds[index] == nil else {
            self[index].place = layout.place(self[index].count)
            return
        }
        guard !(node.operation is Variable) else { return }
        let inputs = node.inputs.map { self[$0].shape }
        if self[index].owner == nil, let type = node.type, type != .string {
            self[index].place = layout.place(self[index].count)
        }
        if let update = node.operation as? any UpdateOperation {
            for input in node.inputs.dropFirst(update.variableCount) { placeCopyOfVariable(input) }
        }
        let scratch = node.operation.scratchCount(inputs, output: self[index].shape)
        guard scratch > 0 else { return }
        let place = layout.place(scratch)
        self[index].scratch = place
        // It serves its kernel only while that runs.
        if !(node.operation is any UpdateOperation) { layout.release(place, scratch) }
    }

    func isThereBeforeRuns(_ index: Int) -> Bool {
        self[index].isConstant || feeds[index] != nil
    }

    /// Finds out how long each value is needed.
    ///
    /// What is fed, fetched, computed once and for all, or read by an update lasts for the whole run; anything else
    /// until the last node that reads it has run.
    mutating func markLastUses(keeping results: [Int]) {
        for index in order where self[index].needsValue {
            let isUpdate = nodes[index].operation is any UpdateOperation
            if isThereBeforeRuns(index) || isUpdate { self[owner(of: index)].lastUse = .max }
            self[owner(of: index)].lastUse = max(self[owner(of: index)].lastUse, index)
            guard feeds[index] == nil else { continue }
            for input in nodes[index].inputs {
                let owner = owner(of: input)
                self[owner].lastUse = isUpdate ? .max : max(self[owner].lastUse, index)
            }
        }
        for index in results { self[owner(of: index)].lastUse = .max }
    }

    mutating func placeCopyOfVariable(_ index: Int) {
        guard nodes[owner(of: index)].operation is Variable, self[index].copy == nil else { return }
        self[index].copy = layout.place(self[index].count)
    }
}
