import Testing

@testable import Civic

/// Numbers are synthetic; the rules are those of Government resolutions 565 of 2003 and 406 of 2007.
@Suite struct StateNumberTests {
    @Test(
        "Valid numbers with check digits from the first and the second pass",
        arguments: [
            "791028302728", "171028341798", "291108647479", "060225526126", "930117341807",
        ]
    )
    func right(text: String) throws {
        let number = try IndividualIdentificationNumber("  \(text) ")
        #expect(number.text == text)
        #expect(number.masked == "••••••••" + text.suffix(4))
        #expect(!number.isUnusual)
    }

    @Test("A wrong check digit is refused")
    func checkDigit() {
        for digit in 0...9 where digit != 8 {
            #expect(throws: StateNumberFault.checkDigit) { try IndividualIdentificationNumber("79102830272\(digit)") }
        }
    }

    @Test(
        "Numbers that are never issued are refused with every check digit",
        arguments: [
            "03012659774", "40101045477", "95042150340",
        ]
    )
    func unusable(prefix: String) {
        let digits = prefix.compactMap(\.wholeNumberValue)
        #expect(digits.count == 11)
        #expect(StateNumberCheck.digit(of: digits) == nil)
        for digit in 0...9 {
            #expect(throws: StateNumberFault.self) { try IndividualIdentificationNumber(prefix + String(digit)) }
        }
    }

    @Test(
        "Malformed IINs are refused",
        arguments: [
            ("", StateNumberFault.notTwelveDigits), ("79102830272", .notTwelveDigits),
            ("7910283027280", .notTwelveDigits),
            ("79102830272a", .notTwelveDigits), ("٧٩١٠٢٨٣٠٢٧٢٨", .notTwelveDigits), ("791028 302728", .notTwelveDigits),
            ("791028-302728", .notTwelveDigits), ("791328302728", .noSuchDate), ("790230302728", .noSuchDate),
            ("790229302728", .noSuchDate), ("791028702728", .unknownKind),
        ]
    )
    func refused(text: String, fault: StateNumberFault) {
        #expect(throws: fault) { try IndividualIdentificationNumber(text) }
    }

    @Test("29 February depends on the century: 1900 had none, 2000 had one")
    func leapYears() throws {
        #expect(throws: StateNumberFault.noSuchDate) { try IndividualIdentificationNumber("000229300000") }
        let digits = "00022950000".compactMap(\.wholeNumberValue)
        let check = try #require(StateNumberCheck.digit(of: digits))
        #expect(throws: Never.self) { try IndividualIdentificationNumber("00022950000\(check)") }
    }

    @Test("A seventh digit of 0 is accepted but marked as unusual")
    func unusual() throws {
        let digits = "79102800272".compactMap(\.wholeNumberValue)
        let check = try #require(StateNumberCheck.digit(of: digits))
        #expect(try IndividualIdentificationNumber("79102800272\(check)").isUnusual)
    }

    @Test func businessNumbers() throws {
        let digits = "05024000457".compactMap(\.wholeNumberValue)
        let check = try #require(StateNumberCheck.digit(of: digits))
        #expect(try BusinessIdentificationNumber("05024000457\(check)").kind == .resident)
        #expect(throws: StateNumberFault.checkDigit) {
            try BusinessIdentificationNumber("05024000457\((check + 1) % 10)")
        }
        #expect(throws: StateNumberFault.noSuchDate) { try BusinessIdentificationNumber("051340004570") }
        #expect(throws: StateNumberFault.unknownKind) { try BusinessIdentificationNumber("791028302728") }
        #expect(throws: StateNumberFault.unknownKind) { try BusinessIdentificationNumber("050244004570") }
    }
}
