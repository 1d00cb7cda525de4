import Civic
import Testing

@Suite struct EmailAddressTests {
    @Test(
        "Common addresses are accepted",
        arguments: [
            "asel@example.kz", "a.b+c@sub.example.com", "әсел@мысал.қаз", "o'neil@example.ie", "x@xn--80aswg.xn--p1ai",
            "1@2.kz", " asel@example.kz ", "用户@例子.广告",
        ]
    )
    func taken(text: String) throws {
        #expect(try EmailAddress(text).text == text.split(separator: " ").joined())
    }

    @Test(
        "Malformed addresses are refused",
        arguments: [
            ("", EmailAddressFault.empty), ("asel", .noAtSign), ("@example.kz", .malformedLocalPart),
            ("a..b@example.kz", .malformedLocalPart), (".a@example.kz", .malformedLocalPart),
            ("a@b", .malformedDomain), ("a@-b.kz", .malformedDomain), ("a@b..kz", .malformedDomain),
            ("a@1.2", .malformedDomain), ("a@xn--\u{61}.kz", .malformedDomain), ("a b@example.kz", .character(" ")),
            ("\"a\"@example.kz", .character("\"")), ("a@[127.0.0.1]", .character("[")),
            ("a<b>@example.kz", .character("<")), ("a@exa_mple.kz", .character("_")),
            ("a\r\nBcc: b@example.kz", .character("\r\n".unicodeScalars.first.map(Character.init) ?? " ")),
            ("a@example.kz\nBcc", .character("\n")), ("a\u{0}@example.kz", .character("\u{0}")),
            ("a\u{202E}@example.kz", .character("\u{202E}")),
        ]
    )
    func refused(text: String, fault: EmailAddressFault) {
        #expect(throws: fault) { try EmailAddress(text) }
    }

    @Test func lengthsAreThoseOfSMTP() throws {
        let long = String(repeating: "a", count: 64)
        let label = String(repeating: "b", count: 61)
        #expect(throws: Never.self) { try EmailAddress("\(long)@\(label).\(label).\(label).kz") }
        #expect(throws: EmailAddressFault.tooLong) { try EmailAddress("\(long)a@example.kz") }
        #expect(throws: EmailAddressFault.tooLong) { try EmailAddress("\(long)@\(label).\(label).\(label).example") }
        #expect(throws: EmailAddressFault.tooLong) { try EmailAddress(String(repeating: "a", count: 10_240) + "@b.kz") }
        #expect(throws: EmailAddressFault.malformedDomain) { try EmailAddress("a@\(label)bbb.kz") }
    }

    @Test(
        "Different spellings of one address are equal",
        arguments: [
            ("Asel@Example.KZ", "asel@example.kz"), ("a@мысал.қаз", "a@xn--80awbu3c.xn--80ao21a"),
            ("a@XN--80AO21A.kz", "a@қаз.kz"), ("\u{0438}\u{0306}@b.kz", "й@b.kz"),
            ("ａｓｅｌ@example.kz", "asel@example.kz"), ("o\u{FB03}ce@example.kz", "office@example.kz"),
            ("asel@ｅｘａｍｐｌｅ.kz", "asel@example.kz"), ("asel@example．kz", "asel@example.kz"),
            ("\u{212A}anat@example.kz", "kanat@example.kz"), ("a\u{1D5BA}@example.kz", "aa@example.kz"),
            ("\u{1C4}@example.kz", "d\u{17E}@example.kz"),
        ]
    )
    func oneAddress(left: String, right: String) throws {
        #expect(try EmailAddress(left) == EmailAddress(right))
        #expect(try EmailAddress(left).key == EmailAddress(right).key)
    }

    @Test("The key has a single byte form, even where only the lower-case letter has a composed form")
    func composedKeys() throws {
        // J with caron has no precomposed capital, but its small letter has one. Swift strings compare equal all the same;
        // bytes do not.
        let capital = try EmailAddress("J\u{30C}ana@example.kz").key
        let small = try EmailAddress("\u{1F0}ana@example.kz").key
        #expect(Array(capital.utf8) == Array(small.utf8))
    }

    @Test("Domains are sent in ASCII, local parts unchanged")
    func deliverable() throws {
        #expect(try EmailAddress("Әсел@Қаз.kz").deliverable == "Әсел@xn--80ao21a.kz")
        #expect(try EmailAddress("a@münchen.de").deliverable == "a@xn--mnchen-3ya.de")
        #expect(try EmailAddress("asel@example.kz").deliverable == "asel@example.kz")
    }

    @Test func maxIsHidden() throws {
        #expect(try EmailAddress("asel.n@example.kz").masked == "a•••@example.kz")
    }

    @Test("A domain is sent in its ASCII form, however it was written")
    func plainDomain() throws {
        #expect(try EmailAddress("asel@Ｅxample．kz").deliverable == "asel@example.kz")
    }

    @Test(
        "Invisible characters are refused in addresses",
        arguments: ["\u{3164}", "\u{115F}", "\u{FFA0}", "\u{FE0F}", "\u{34F}", "\u{E0101}"] as [Unicode.Scalar]
    )
    func invisible(scalar: Unicode.Scalar) {
        #expect(throws: EmailAddressFault.self) { try EmailAddress("asel\(scalar)@example.kz") }
        #expect(throws: EmailAddressFault.self) { try EmailAddress("asel@exam\(scalar)ple.kz") }
    }

    @Test(
        "A stored address can still be read, even if it would be refused now",
        arguments: ["asel\u{34F}@example.kz", "\u{3164}@example.kz", "asel@exam\u{FE0F}ple.kz", "a@xͺ.kz"]
    )
    func stored(text: String) throws {
        #expect(throws: EmailAddressFault.self) { try EmailAddress(text) }
        let email = try #require(EmailAddress(stored: text))
        #expect(email.text == text)
        #expect(email.deliverable == text)
        #expect(email == EmailAddress(stored: text))
        #expect(email.masked.hasSuffix(String(text.drop { $0 != "@" })))
    }

    @Test("A stored valid address equals a new one")
    func storedAndGood() throws {
        let (stored, new) = (try #require(EmailAddress(stored: "Әсел@Қаз.kz")), try EmailAddress("Әсел@Қаз.kz"))
        #expect(stored.key == new.key && stored.deliverable == new.deliverable)
    }

    @Test(
        "A text that cannot be a mail recipient is refused even when stored",
        arguments: [
            "", "asel", "@example.kz", "asel@", "a\u{3164} b@example.kz", "a\u{3164}\r\nRCPT@example.kz",
            "a\u{3164}<b>@example.kz", "a\u{3164}\u{2028}@example.kz", "a\u{3164}\u{85}@example.kz",
            "\u{3164}" + String(repeating: "a", count: 250) + "@b.kz",
        ]
    )
    func storedAndBroken(text: String) { #expect(EmailAddress(stored: text) == nil) }
}
