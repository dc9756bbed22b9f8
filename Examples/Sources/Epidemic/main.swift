import TensorBoard

// An epidemic on a grid, day by day: counts as scalars, the grid as an image, how many each patient infected as a
// histogram. A simulation has steps as a training does.

/// How a person is.
enum State: UInt8 { case healthy, ill, immune }

struct Epidemic {
    let size: Int
    let infectionChance = 0.12
    let daysIll = 8
    private(set) var states: [State]
    private var daysLeft: [Int]
    /// How many people each has infected.
    private(set) var infected: [Int]
    private var generator = SystemRandomNumberGenerator()

    init(size: Int) {
        self.size = size
        states = Array(repeating: .healthy, count: size * size)
        daysLeft = Array(repeating: 0, count: size * size)
        infected = Array(repeating: 0, count: size * size)
        let middle = size / 2 * size + size / 2
        states[middle] = .ill
        daysLeft[middle] = daysIll
    }

    func count(_ state: State) -> Int { states.count { $0 == state } }

    mutating func advance() {
        for person in states.indices where states[person] == .ill {
            for neighbour in neighbours(of: person) where states[neighbour] == .healthy {
                // Those infected today infect from tomorrow on.
                guard daysLeft[neighbour] == 0, Double.random(in: 0..<1, using: &generator) < infectionChance else {
                    continue
                }
                daysLeft[neighbour] = daysIll + 1
                infected[person] += 1
            }
        }
        for person in states.indices where daysLeft[person] > 0 {
            daysLeft[person] -= 1
            states[person] = daysLeft[person] == 0 ? .immune : .ill
        }
    }

    private func neighbours(of person: Int) -> [Int] {
        let (row, column) = person.quotientAndRemainder(dividingBy: size)
        return [(row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)]
            .filter { (0..<size).contains($0.0) && (0..<size).contains($0.1) }
            .map { $0.0 * size + $0.1 }
    }
}

/// The grid in colours: healthy green, ill red, immune blue.
func picture(_ epidemic: Epidemic) -> [UInt8] {
    epidemic.states.flatMap { state -> [UInt8] in
        switch state {
        case .healthy: [80, 170, 90]
        case .ill: [220, 50, 40]
        case .immune: [60, 90, 190]
        }
    }
}

let writer = try SummaryWriter(logDirectory: "logs/examples/epidemic", options: .init(existingRun: .overwrite))
var epidemic = Epidemic(size: 64)
writer.hyperparameters(["infection_chance": epidemic.infectionChance, "days_ill": epidemic.daysIll])

for day in 0..<120 {
    writer.step(day) { log in
        log.scalars(
            "people",
            [
                "healthy": Double(epidemic.count(.healthy)),
                "ill": Double(epidemic.count(.ill)),
                "immune": Double(epidemic.count(.immune)),
            ]
        )
        if day.isMultiple(of: 10) {
            log.image("grid", picture(epidemic), height: epidemic.size, width: epidemic.size, channels: 3)
            let patients = zip(epidemic.states, epidemic.infected).filter { $0.0 != .healthy }.map(\.1)
            log.histogram("infected_by_each", patients, bins: 5)
        }
    }
    epidemic.advance()
}
try writer.close()
print("\(epidemic.count(.immune)) people were ill; the curves are in \(writer.logDirectory)")
