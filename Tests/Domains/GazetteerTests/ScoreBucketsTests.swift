import Testing

@testable import Gazetteer

/// Compares buckets of answers with a scan of every record.
@Suite struct ScoreBucketsTests {
    @Test("Records match what a scan of all records finds", arguments: [40, 300, 5_000])
    func agreesWithScan(count: Int) {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<12 {
            let words = (0..<Int.random(in: 1...4, using: &random)).map { _ in Self.word(count, &random) }
            let meant = Set((0..<count).filter { _ in Int.random(in: 0..<5, using: &random) > 0 })
            let buckets = ScoreBuckets(
                words.map { ways in TermMatches("", ways) { _ in 0.75 } },
                among: RecordSet(meant.map(Int32.init), of: count),
                of: count
            )
            var found: [Int: (matched: Float, named: Int)] = [:]
            for bucket in buckets.buckets {
                for record in bucket.records { found[record] = (bucket.matched, bucket.named) }
            }
            for single in buckets.singles { found[single.record] = (single.matched, single.named) }
            #expect(buckets.count == found.count)
            let expected = Self.scan(words, meant, count)
            #expect(Set(found.keys) == Set(expected.keys))
            for (record, (matched, named)) in found {
                #expect(abs(matched - (expected[record]?.matched ?? 0)) < 1e-4)
                #expect(named == expected[record]?.named)
            }
        }
    }

    @Test func aQueryWithoutMeaningHasNoAnswer() {
        var ways = TermMatchesBuilder(RecordSet(count: 10))
        ways.add(.init([1, 2], of: 10), worth: 1)
        #expect(ScoreBuckets([TermMatches("", ways) { _ in 1 }], among: RecordSet(count: 10), of: 10).count == 0)
        #expect(ScoreBuckets([], among: RecordSet([1], of: 10), of: 10).count == 0)
    }

    private static func word(_ count: Int, _ random: inout SystemRandomNumberGenerator) -> TermMatchesBuilder {
        var ways = TermMatchesBuilder(RecordSet(count: count))
        for worth in [Float(1), 0.9, 0.6] {
            let share = Int.random(in: 2...9, using: &random)
            let records = (0..<Int32(count)).filter { _ in Int.random(in: 0..<share, using: &random) == 0 }
            if Bool.random(using: &random) {
                ways.add(.init(records, of: count), worth: worth)
            } else {
                ways.add(named: 0..<1, in: Postings([records], of: count), worth: worth)
            }
        }
        return ways
    }

    // The rules of `docs/search.md`: an answer matches at least half of the query and four fifths of what the best one does.
    private static func scan(
        _ words: [TermMatchesBuilder],
        _ meant: Set<Int>,
        _ count: Int
    ) -> [Int: (matched: Float, named: Int)] {
        var all: [Int: (matched: Float, named: Int)] = [:]
        for record in meant {
            var (matched, named): (Float, Int) = (0, 0)
            for ways in words {
                matched += 0.75 * (ways.byWorth.filter { $0.records.contains(record) }.map(\.worth).max() ?? 0)
                named += ways.named.contains(record) ? 1 : 0
            }
            all[record] = (matched, named)
        }
        let best = all.values.map(\.matched).max() ?? 0
        let weight = 0.75 * Float(words.count)
        return all.filter { $0.value.matched >= max(0.8 * best, 0.5 * weight) - 1e-4 }
    }
}
