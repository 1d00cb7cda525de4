import Testing

@testable import QRCode

@Suite struct QRCodeTests {
    private static let finder = ["1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111"]

    /// The dark modules of a path, rendered independently of how it was written.
    private func drawn(_ path: String, side: Int) throws -> [[Bool]] {
        var picture = Array(repeating: Array(repeating: false, count: side), count: side)
        var rest = path[...]
        let rectangle = /M(\d+) (\d+)h(\d+)v1h-(\d+)z/
        while let match = try rectangle.prefixMatch(in: rest) {
            let (x, y) = (try #require(Int(match.1)), try #require(Int(match.2)))
            #expect(match.3 == match.4)
            for column in x..<x + (try #require(Int(match.3))) { picture[y][column] = true }
            rest = rest[match.range.upperBound...]
        }
        #expect(rest.isEmpty, "nothing else is in the path")
        return picture
    }

    // 14 bytes fill version 1 with its 21 modules; 15 need version 2 (ISO/IEC 18004, table 7, level M).
    @Test(arguments: [(1, 21), (14, 21), (15, 25), (26, 25), (27, 29), (152, 49), (2_331, 177)])
    func itIsAsSmallAsItCanBe(bytes: Int, size: Int) throws {
        #expect(try QRCode(String(repeating: "a", count: bytes)).size == size)
    }

    @Test func whatDoesNotFitIsRefused() {
        #expect(throws: QRCodeError.tooLong) { try QRCode(String(repeating: "a", count: 2_332)) }
        #expect(throws: QRCodeError.tooLong) { try QRCode(String(repeating: "a", count: 1_000_000)) }
        #expect(throws: QRCodeError.empty) { try QRCode("") }
    }

    @Test func lettersOfTwoBytesAndNullAreBytesToo() throws {
        #expect(try QRCode(String(repeating: "қ", count: 7)).size == 21)
        #expect(try QRCode(String(repeating: "қ", count: 8)).size == 25)
        #expect(try QRCode("a\0" + String(repeating: "b", count: 13)).size == 25, "the text does not end at a null")
    }

    @Test("Three finder patterns are in the corners, surrounded by a quiet zone of four light modules")
    func pattern() throws {
        let code = try QRCode("otpauth://totp/Open%20Almaty:aigul?secret=GEZDGNBVGY3TQOJQ")
        #expect(code.side == code.size + 8)
        let far = code.size - 7
        for (column, row) in [(0, 0), (far, 0), (0, far)] {
            let seen = (row..<row + 7).map { row in
                (column..<column + 7).map { code.isDark(column: $0, row: row) ? "1" : "0" }.joined()
            }
            #expect(seen == Self.finder)
        }
        for outside in [-1, code.size] {
            #expect(!code.isDark(column: outside, row: 0) && !code.isDark(column: 0, row: outside))
        }
    }

    @Test func thePathDrawsTheModulesAndNothingElse() throws {
        let code = try QRCode("Алматы")
        let picture = try drawn(code.path, side: code.side)
        for row in 0..<code.side {
            for column in 0..<code.side {
                #expect(picture[row][column] == code.isDark(column: column - 4, row: row - 4), "\(column) \(row)")
            }
        }
    }

    @Test func twoTextsHaveTwoCodes() throws {
        #expect(try QRCode("a") == QRCode("a"))
        #expect(try QRCode("a") != QRCode("b"))
    }
}
