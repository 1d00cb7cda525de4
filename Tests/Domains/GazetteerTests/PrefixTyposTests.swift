import Testing

@testable import Gazetteer

/// Compares the shared rows with the whole edit distance table for every word.
@Suite struct PrefixTyposTests {
    @Test("The same words are found as by comparing each one", arguments: 0..<8)
    func agreesWithBruteForce(round: Int) {
        var random = SystemRandomNumberGenerator()
        let letters = Array("абвг")
        func word(_ lengths: ClosedRange<Int>) -> String {
            String(
                (0..<Int.random(in: lengths, using: &random)).map { _ in letters.randomElement(using: &random) ?? "а" }
            )
        }
        let known = Set((0..<300).map { _ in word(4...12) })
        let typos = PrefixTypos(known)
        for _ in 0..<60 {
            let typed = word(3...11)
            let found = typos.words(beginning: typed, most: .max).map { "\($0.typos) \($0.word)" }
            #expect(Set(found) == Set(Self.expected(known, typed)), "\(typed)")
            #expect(found.map { $0.prefix(1) } == found.map { $0.prefix(1) }.sorted(), "nearest first")
        }
    }

    @Test func onlyTheNearestAreKept() {
        let typos = PrefixTypos(["сатпаева", "сатпаев", "сейфуллина", "манаса"])
        #expect(typos.words(beginning: "сатпоев", most: 1).map(\.typos) == [1])
        #expect(typos.words(beginning: "сат", most: 5).isEmpty)
        #expect(typos.words(beginning: String(repeating: "с", count: 500), most: 5).isEmpty)
    }

    private static func expected(_ known: Set<String>, _ typed: String) -> [String] {
        guard typed.count >= PrefixTypos.shortest else { return [] }
        let bound = typed.count >= 8 ? 2 : 1
        return known.filter { $0.first == typed.first }.compactMap { word in
            let least = (1...word.count).map { distance(Array(word.prefix($0)), Array(typed)) }.min() ?? .max
            return least <= bound ? "\(least) \(word)" : nil
        }
    }

    private static func distance(_ a: [Character], _ b: [Character]) -> Int {
        var row = Array(0...b.count)
        for (i, letter) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in b.enumerated() {
                let above = row[j + 1]
                row[j + 1] = min(above + 1, row[j] + 1, diagonal + (letter == other ? 0 : 1))
                diagonal = above
            }
        }
        return row[b.count]
    }
}
