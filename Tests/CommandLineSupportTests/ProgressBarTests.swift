import CommandLineSupport
import Testing

struct ProgressBarTests {
    private let screen = TestTerminal()

    private func makeBar(total: Int = 200, label: String = "run1", isQuiet: Bool = false) -> ProgressBar {
        ProgressBar(
            total: total,
            label: label,
            terminal: screen.terminal(),
            isQuiet: isQuiet,
            elapsed: screen.elapsed
        )
    }

    @Test
    func showsPercentageCountsRateAndTheTimeLeft() {
        let bar = makeBar()
        screen.wait(.seconds(2))
        bar.advance(by: 50)
        let rest = String(repeating: "─", count: 30)
        #expect(screen.written == ["\rrun1  25% ━━━━━━━━━━\(rest) 50/200  25.0/s  ETA 0:06\u{1b}[K"])
        withExtendedLifetime(bar) {}
    }

    @Test
    func bytesAreTold() {
        let bar = ProgressBar(
            total: 4_300_000_000,
            unit: .bytes,
            label: "reading",
            terminal: screen.terminal(),
            elapsed: screen.elapsed
        )
        screen.wait(.seconds(2))
        bar.advance(by: 1_000_000_000)
        #expect(screen.written.last?.hasSuffix(" 1 GB/4.3 GB  500 MB/s  ETA 0:06\u{1b}[K") == true)
        withExtendedLifetime(bar) {}
    }

    @Test
    func drawsTenTimesASecondAtMost() {
        let bar = makeBar(total: 10_000)
        for _ in 0..<10_000 {
            screen.wait(.milliseconds(1))
            bar.advance()
        }
        #expect(screen.written.count == 100)
        withExtendedLifetime(bar) {}
    }

    @Test
    func showsNothingForWorkThatIsDoneAtOnce() {
        let bar = makeBar()
        screen.wait(.milliseconds(99))
        bar.advance(by: 200)
        bar.finish()
        #expect(screen.written == [])
    }

    @Test
    func takesItselfOffTheScreenOnce() {
        let bar = makeBar()
        screen.wait(.seconds(1))
        bar.advance()
        bar.finish()
        bar.finish()
        screen.wait(.seconds(1))
        bar.advance()
        #expect(screen.written.count == 2)
        #expect(screen.written.last == "\r\u{1b}[K")
    }

    @Test
    func takesItselfOffTheScreenWhenItIsForgotten() {
        do {
            let bar = makeBar()
            screen.wait(.seconds(1))
            bar.advance()
        }
        #expect(screen.written.last == "\r\u{1b}[K")
    }

    @Test
    func makesRoomForTextAndComesBack() {
        let bar = makeBar()
        bar.print("before", to: screen.terminal())
        screen.wait(.seconds(1))
        bar.advance(by: 100)
        let drawn = screen.written.last?.dropFirst().dropLast(3)
        bar.print("step 100", to: screen.terminal())
        bar.finish()
        bar.print("after", to: screen.terminal())
        #expect(screen.written.first == "before\n")
        #expect(screen.written[2...4] == ["\r\u{1b}[K", "step 100\n", drawn.map(String.init) ?? ""])
        #expect(screen.written[5...] == ["\r\u{1b}[K", "after\n"])
    }

    @Test
    func drawsNothingWhereThereIsNoScreenOrWhenQuiet() {
        let pipe = screen.terminal(isInteractive: false)
        let bars = [ProgressBar(total: 10, terminal: pipe, elapsed: screen.elapsed), makeBar(isQuiet: true)]
        for bar in bars {
            screen.wait(.seconds(1))
            bar.advance(by: 5)
            bar.print("text", to: pipe)
            bar.finish()
        }
        #expect(screen.written == ["text\n", "text\n"])
    }

    @Test(arguments: [1, 2, 5, 10, 20, 40, 41, 60, 79, 80, 200])
    func neverReachesTheLastColumn(width: Int) throws {
        screen.resize(to: width)
        let bar = makeBar(total: 1_000_000, label: "学習率 0.1")
        screen.wait(.seconds(3000))
        bar.advance(by: 1000)
        let line = try #require(screen.written.last).dropFirst().dropLast(3)
        #expect(String(line).displayWidth < width)
    }

    @Test(arguments: [(0, 0), (0, 5), (10, 25), (10, -5), (.max, 1), (1, .max)])
    func copesWithOddNumbers(total: Int, count: Int) {
        let bar = makeBar(total: total)
        screen.wait(.seconds(1_000_000))
        bar.advance(by: count)
        #expect(screen.written.count == 1)
    }

    @Test
    func countsTheWorkOfAllThreads() async {
        let bar = makeBar(total: 4000)
        await withTaskGroup { group in
            for _ in 0..<4 {
                group.addTask {
                    for _ in 0..<1000 { bar.advance() }
                }
            }
        }
        screen.wait(.seconds(1))
        bar.advance(by: 0)
        #expect(screen.written.count == 1)
        #expect(screen.written.last?.contains("100%") == true)
        #expect(screen.written.last?.contains("4,000/4,000") == true)
    }
}
