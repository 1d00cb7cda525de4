import TestSupport
import Testing

@testable import Gazetteer

@Suite struct EditDistanceTests {
    // The distance by its definition, over the whole table: no bound and no shortcuts.
    private static func distance(_ a: [UInt16], _ b: [UInt16]) -> Int {
        var table = [[Int]](repeating: [Int](repeating: 0, count: b.count + 1), count: a.count + 1)
        for i in 0...a.count {
            for j in 0...b.count {
                if i == 0 || j == 0 {
                    table[i][j] = max(i, j)
                    continue
                }
                let changed = table[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
                table[i][j] = min(table[i - 1][j] + 1, table[i][j - 1] + 1, changed)
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                    table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
                }
            }
        }
        return table[a.count][b.count]
    }

    @Test("The number of typos matches the definition, on words over a small alphabet", arguments: 0..<20)
    func sameAsDefinition(seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        for _ in 0..<2_000 {
            let letters = UInt16.random(in: 1...4, using: &random)
            let word = (0..<Int.random(in: 0...9, using: &random)).map { _ in
                UInt16.random(in: 1...letters, using: &random)
            }
            let other = (0..<Int.random(in: 0...9, using: &random)).map { _ in
                UInt16.random(in: 1...letters, using: &random)
            }
            let bound = Int.random(in: 0...3, using: &random)
            let expected = Self.distance(word, other)
            let found = EditDistance.between(word[...], other[...], atMost: bound)
            #expect(found == (expected <= bound ? expected : nil), "\(word) \(other) \(bound)")
        }
    }

    @Test(
        "Typical typing errors",
        arguments: [
            ("сатпаева", "сатпаева", 0), ("сатпаева", "статпаева", 1), ("сатпаева", "сатпавеа", 1),
            ("сатпаева", "сатпева", 1), ("сатпаева", "сотпаевы", 2),
        ]
    )
    func typos(typed: String, meant: String, typos: Int) {
        let (typed, meant) = (Array(typed.utf16), Array(meant.utf16))
        #expect(EditDistance.between(typed[...], meant[...], atMost: 2) == typos)
        #expect(EditDistance.between(meant[...], typed[...], atMost: 2) == typos)
    }
}
