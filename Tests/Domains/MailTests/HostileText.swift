import TestSupport

/// Texts that stress encoders: many scripts, joined emoji, stacked marks, spaces in odd places.
struct HostileText {
    private var random: SplitMix64

    init(seed: UInt64) { random = SplitMix64(seed: seed) }

    private static let pieces: [String] = [
        "ә", "Ғ", "қ", "ңі", "Ө", "ұ", "Ү", "һ", "І", "щ", "ё", "a", "Z", "9", "=", "?", "_", " ", "  ", ".", "\"",
        "\\",
        "<", ">", ",", "=?UTF-8?B?0LA=?=", "👨‍👩‍👧‍👦", "🇰🇿", "👍🏽", "e\u{301}", "語", "ه", "\u{A0}", "\u{200D}", "ﷺ", "𝔘",
        "a" + String(repeating: "\u{301}", count: 60),
    ]

    mutating func next(below limit: Int) -> Int { Int(random.next() % UInt64(limit)) }

    mutating func line() -> String {
        (0..<next(below: 80)).map { _ in Self.pieces[next(below: Self.pieces.count)] }.joined()
    }

    mutating func body() -> String {
        (0..<next(below: 12)).map { _ in line() + ["\n", "\r\n", "\r", " \n", "\t\n", "\n.\n"][next(below: 6)] }
            .joined()
    }
}
