import Accounts
import Testing

@Suite struct PersonNameTests {
    @Test(
        "Names of people",
        arguments: [
            "Әсел Нұрланқызы", "Жан-Клод О’Нил", "D'Angelo", "Dr. Müller", "王小明", "José", "علي", "Ім'я",
            "Ｎａｍｅ",
        ]
    )
    func taken(text: String) throws { #expect(try PersonName(text).text == text) }

    @Test func spacesAreMadeSingle() throws {
        #expect(try PersonName("  Әсел \u{A0}  Нұрлан ").text == "Әсел Нұрлан")
    }

    @Test(
        "What names do not have, with the character",
        arguments: [
            ("Asel <b>", Character("<")), ("Asel\nBcc: x@y.kz", "\n"), ("Asel\r", "\r"), ("Asel; DROP", ";"),
            ("Asel@x", "@"), ("Asel 2", "2"), ("Asel\t", "\t"), ("Asel\u{0}", "\u{0}"), ("Asel\u{202E}", "\u{202E}"),
            ("Asel 😀", "😀"), ("{{name}}", "{"), ("A\u{301}\u{301}\u{301}\u{301}\u{301}", "\u{301}"),
            ("\u{301}A", "\u{301}"),
        ]
    )
    func refused(text: String, character: Character) {
        #expect(throws: PersonNameFault.character(character)) { try PersonName(text) }
    }

    @Test func lengths() throws {
        #expect(throws: PersonNameFault.empty) { try PersonName("   ") }
        #expect(throws: PersonNameFault.noLetter) { try PersonName("-. '") }
        #expect(throws: Never.self) { try PersonName(String(repeating: "Ә", count: 100)) }
        #expect(throws: PersonNameFault.tooLong) { try PersonName(String(repeating: "Ә", count: 101)) }
        #expect(throws: PersonNameFault.tooLong) { try PersonName(String(repeating: "a", count: 10_240)) }
    }
}
