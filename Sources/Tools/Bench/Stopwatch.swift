import Console

/// Measures short operations: the mean over rounds, and the spread over single calls.
struct Stopwatch {
    /// Nanoseconds per call.
    struct Figures {
        let mean: Double
        let p99: Double
    }

    /// Measures `call` over every index of `0..<count`.
    ///
    /// The mean is the median of `rounds` rounds without a clock inside. The p99 is over the inputs: each is timed on its
    /// own in three passes over all of them and its best time counts, so the figure shows how expensive an input is and not
    /// how often the machine was busy. The cost of reading the clock is subtracted.
    static func measure(count: Int, rounds: Int = 7, _ call: (Int) -> UInt64) -> Figures {
        var sink: UInt64 = 0
        var means: [Double] = []
        for _ in 0..<rounds {
            let start = ContinuousClock.now
            for index in 0..<count { sink &+= call(index) }
            means.append(nanoseconds(start.duration(to: .now)) / Double(count))
        }
        var singles = [Double](repeating: .infinity, count: count)
        for _ in 0..<3 {
            for index in 0..<count {
                let start = ContinuousClock.now
                sink &+= call(index)
                singles[index] = min(singles[index], nanoseconds(start.duration(to: .now)))
            }
        }
        let clock = clockCost()
        keep(sink)
        return Figures(mean: median(means), p99: max(0, percentile(singles, 0.99) - clock))
    }

    /// The cost of two clock readings.
    static func clockCost() -> Double {
        var costs: [Double] = []
        for _ in 0..<10_000 {
            let start = ContinuousClock.now
            costs.append(nanoseconds(start.duration(to: .now)))
        }
        return median(costs)
    }

    static func median(_ values: [Double]) -> Double { percentile(values, 0.5) }

    private static func percentile(_ values: [Double], _ share: Double) -> Double {
        let sorted = values.sorted()
        return sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
    }

    private static func nanoseconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) * 1e9 + Double(duration.components.attoseconds) / 1e9
    }

    // Keeps the optimiser from removing the work because its result is unused.
    @inline(never)
    private static func keep(_ value: UInt64) {
        if value == 0x5EED { printError("") }
    }
}
