import Civic
import Testing

@Suite struct UsernameTests {
    @Test(arguments: ["asel", "Әсел_77", "a.b-c", "жан2", "ab3"]) func taken(text: String) throws {
        #expect(try Username(text).text == text)
    }

    @Test(
        "Invalid user names are refused",
        arguments: [
            ("ab", UsernameFault.tooShort), ("", .tooShort), (String(repeating: "a", count: 31), .tooLong),
            (String(repeating: "a", count: 10_240), .tooLong), ("a b", .character(" ")), ("a@b", .character("@")),
            ("asel\n", .character("\n")), ("<b>", .character("<")), ("王小明", .character("王")), ("123", .noLetter),
            ("Admin", .reserved), ("аdmin", .reserved),
        ]
    )
    func refused(text: String, fault: UsernameFault) { #expect(throws: fault) { try Username(text) } }

    @Test("Look-alike names are the same name")
    func lookalikes() throws {
        // The second name is written with Cyrillic letters.
        #expect(try Username("Casper") == Username("Саsреr"))
        #expect(try Username("asel") == Username("ASEL"))
        #expect(try Username("asel") != Username("asel1"))
    }

    @Test(
        "Every address yields a suggested user name",
        arguments: [
            ("asel.n@example.kz", "asel.n"), ("A+B@example.kz", "ab-almaty"), ("用户@例子.广告", "almaty-citizen"),
            ("admin@example.kz", "admin-almaty"), ("77@example.kz", "77-almaty"),
        ]
    )
    func suggestion(email: String, expected: String) throws {
        #expect(Username.suggested(from: try EmailAddress(email))?.text == expected)
    }

    @Test func variantsFit() throws {
        let variants = try Username(String(repeating: "a", count: 30)).variants
        #expect(variants.count == 40)
        #expect(Set(variants).count == 40)
        #expect(variants.allSatisfy { $0.text.count <= 30 })
    }
}
