/// Texts that stress encoders: many scripts, joined emoji, stacked marks, spaces in odd places.
struct HostileText {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    private static let pieces: [String] = [
        "ә", "Ғ", "қ", "ңі", "Ө", "ұ", "Ү", "һ", "І", "щ", "ё", "a", "Z", "9", "=", "?", "_", " ", "  ", ".", "\"",
        "\\",
        "<", ">", ",", "=?UTF-8?B?0LA=?=", "👨‍👩‍👧‍👦", "🇰🇿", "👍🏽", "e\u{301}", "語", "ه", "\u{A0}", "\u{200D}", "ﷺ", "𝔘",
        "a" + String(repeating: "\u{301}", count: 60),
    ]

    mutating func next(below limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
    }

    mutating func line() -> String {
        (0..<next(below: 80)).map { _ in Self.pieces[next(below: Self.pieces.count)] }.joined()
    }

    mutating func body() -> String {
        (0..<next(below: 12)).map { _ in line() + ["\n", "\r\n", "\r", " \n", "\t\n", "\n.\n"][next(below: 6)] }
            .joined()
    }
}
