import CommandLineSupport
import Testing

struct NumberTextTests {
    @Test(arguments: [
        (0.69314718, 4, "0.6931"), (12, 1, "12.0"), (0.5, 0, "0"), (1.5, 0, "2"), (2.675, 2, "2.67"),
        (-0.004, 2, "0.00"), (-0.006, 2, "-0.01"), (-0.0, 1, "0.0"), (1e22, 0, "10000000000000000000000"),
        (.nan, 3, "nan"), (-.nan, 3, "nan"), (.infinity, 3, "inf"), (-.infinity, 3, "-inf"),
    ])
    func roundsToDigitsBehindThePoint(value: Double, digits: Int, expected: String) {
        #expect(value.text(fractionDigits: digits) == expected)
    }

    @Test(arguments: [
        (0.69314718, 4, "0.6931"), (12, 4, "12"), (1_234_567, 3, "1.23e+06"), (1e-5, 4, "1e-05"), (0, 3, "0"),
        (0.1, 17, "0.10000000000000001"), (-0.0, 3, "0"), (-1.25, 3, "-1.25"), (.nan, 2, "nan"),
    ])
    func roundsToSignificantDigits(value: Double, digits: Int, expected: String) {
        #expect(value.text(significantDigits: digits) == expected)
    }

    @Test
    func takesAnyFloatingPointType() {
        #expect(Float(0.1).text(fractionDigits: 3) == "0.100")
        #expect(Double.greatestFiniteMagnitude.text(fractionDigits: 2).utf8.count == 312)
    }

    @Test(arguments: [
        (0, "0"), (999, "999"), (1000, "1,000"), (10_001, "10,001"), (-1_234_567, "-1,234,567"), (-100, "-100"),
        (.max, "9,223,372,036,854,775,807"), (.min, "-9,223,372,036,854,775,808"),
    ])
    func groupsDigits(value: Int, expected: String) {
        #expect(value.groupedText == expected)
    }

    @Test(arguments: [
        (0, "0:00"), (7, "0:07"), (754, "12:34"), (3599, "59:59"), (3600, "1:00:00"), (3723, "1:02:03"),
        (360_000, "100:00:00"), (-5, "0:00"),
    ])
    func showsTimesAsAClockDoes(seconds: Int, expected: String) {
        #expect(Duration.seconds(seconds).clockText == expected)
    }

    @Test(arguments: [
        (0, "0 B"), (999, "999 B"), (1000, "1 kB"), (9_876_543, "9.88 MB"), (999_600, "1 MB"), (.max, "9.22 EB"),
        (-2048, "-2.05 kB"),
    ])
    func saysBytesInTheUnitThatFits(count: Int, expected: String) {
        #expect(count.byteCountText == expected)
    }

    @Test(arguments: [
        (0.0312, "0.0312 s"), (59.9, "59.9 s"), (59.96, "0:59"), (123, "2:03"), (-1e300, "-1e+300 s"),
        (.infinity, "unknown"), (-.infinity, "unknown"), (.nan, "unknown"),
    ])
    func saysShortTimesInSeconds(seconds: Double, expected: String) {
        #expect(seconds.secondsText == expected)
    }
}
