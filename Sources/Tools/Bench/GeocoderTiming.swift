/// How long a question takes, over many of them.
///
/// Every question is asked alone, ten times, in passes over all of them so that none finds its own traces in the
/// cache, and counts with its best: the figures tell how dear the questions are and not how often the machine was busy
/// with something else. What reading the clock costs is taken off.
struct GeocoderTiming: Encodable {
    /// How many were asked.
    let count: Int
    /// What half of them take at most, nanoseconds.
    let medianNs: Double
    /// What 99 of 100 take at most, nanoseconds.
    let p99Ns: Double
    /// What the dearest takes, nanoseconds.
    let slowestNs: Double
    /// The beginning of the dearest.
    let slowest: String
    /// The answers to all, which shows that something was asked.
    let answers: Int

    static let passes = 10

    /// Measures a call for every text.
    ///
    /// - Parameter call: asks and tells how many answers there were.
    init(_ texts: [String], progress: (Double) -> Void, _ call: @escaping (String) -> Int) {
        self = Self.timings(texts, progress: progress, of: [call])[0]
    }

    /// Measures several calls for every text, by turns, so that a machine that gets faster or slower meanwhile does so for
    /// all of them; two passes a turn, for the first finds the other's traces in the cache.
    ///
    /// - Parameter calls: each asks and tells how many answers there were.
    static func timings(_ texts: [String], progress: (Double) -> Void, of calls: [(String) -> Int]) -> [GeocoderTiming]
    {
        var best = calls.map { _ in [Double](repeating: .infinity, count: texts.count) }
        var answers = calls.map { _ in 0 }
        let parts = Self.passes * calls.count
        for part in 0..<parts {
            let turn = part / 2 % calls.count
            for step in texts.indices {
                let index = (step + part * texts.count / parts) % texts.count
                let start = ContinuousClock.now
                answers[turn] += calls[turn](texts[index])
                best[turn][index] = min(best[turn][index], Self.nanoseconds(start.duration(to: .now)))
                if step % 256 == 0 { progress((Double(part) + Double(step) / Double(texts.count)) / Double(parts)) }
            }
        }
        return calls.indices.map { GeocoderTiming(texts, best: best[$0], answers: answers[$0] / Self.passes) }
    }

    private init(_ texts: [String], best: [Double], answers: Int) {
        let clock = Stopwatch.clockCost()
        let costs = best.map { max(0, $0 - clock) }
        let sorted = costs.sorted()
        count = texts.count
        medianNs = Self.percentile(sorted, 0.5)
        p99Ns = Self.percentile(sorted, 0.99)
        let dearest = costs.indices.max { costs[$0] < costs[$1] }
        slowestNs = dearest.map { costs[$0] } ?? 0
        slowest = dearest.map { Self.beginning(of: texts[$0]) } ?? ""
        self.answers = answers
    }

    private static func percentile(_ sorted: [Double], _ share: Double) -> Double {
        sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
    }

    private static func nanoseconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) * 1e9 + Double(duration.components.attoseconds) / 1e9
    }

    private static let longestShown = 48

    // A terminal must not obey what a hostile question says, so that only what can be seen is shown.
    private static func beginning(of text: String) -> String {
        let scalars = text.unicodeScalars.prefix(longestShown)
        let shown = scalars.map { scalar in
            scalar == " " || scalar.properties.isAlphabetic || (0x21...0x7E).contains(scalar.value)
                ? String(scalar) : "\\u{\(String(scalar.value, radix: 16))}"
        }
        let all = shown.joined()
        return all.prefix(longestShown)
            + (all.count > longestShown || text.unicodeScalars.count > scalars.count ? "…" : "")
    }
}
