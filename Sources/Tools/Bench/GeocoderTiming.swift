/// How long a question takes, over many questions.
///
/// Every question is asked on its own, ten times, in passes over all of them, so that none benefits from its own cache
/// entries. Its best time counts, so the figures show how expensive the questions are and not how often the machine was
/// busy. The cost of reading the clock is subtracted.
struct GeocoderTiming: Encodable {
    /// The number of questions.
    let count: Int
    /// The median time, nanoseconds.
    let medianNs: Double
    /// The 99th percentile, nanoseconds.
    let p99Ns: Double
    /// The slowest question's time, nanoseconds.
    let slowestNs: Double
    /// The beginning of the slowest question.
    let slowest: String
    /// The total number of answers, which proves that the questions were asked.
    let answers: Int

    static let passes = 10

    /// Measures a call for every text.
    ///
    /// - Parameter call: asks a question and returns the number of answers.
    init(_ texts: [String], progress: (Double) -> Void, _ call: @escaping (String) -> Int) {
        self = Self.timings(texts, progress: progress, of: [call])[0]
    }

    /// Measures several calls for every text in turn, so that changes in the machine's speed affect all of them equally; two
    /// passes per turn, because the first finds the other call's data in the cache.
    ///
    /// - Parameter calls: each asks a question and returns the number of answers.
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

    // Only printable characters are shown, because a hostile question could contain terminal control sequences.
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
