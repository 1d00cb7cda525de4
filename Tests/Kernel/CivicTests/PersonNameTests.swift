import Civic
import Testing

@Suite struct PersonNameTests {
    @Test(
        "People's names are accepted",
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
        "Characters that names do not contain are refused and reported",
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

    @Test(
        "Invisible characters are refused, alone or among letters",
        arguments: [
            "\u{3164}", "\u{115F}", "\u{1160}", "\u{FFA0}", "\u{2800}", "\u{200B}", "\u{200D}", "\u{2060}", "\u{FEFF}",
            "\u{FE0F}", "\u{E0100}", "\u{E0041}", "\u{34F}", "\u{180B}", "\u{17B4}", "\u{AD}", "\u{13441}", "\u{16FE4}",
            "\u{2063}", "\u{1D173}",
        ] as [Unicode.Scalar]
    )
    func invisible(scalar: Unicode.Scalar) {
        for text in ["\(scalar)", "\(scalar)\(scalar) \(scalar)", "Asel\(scalar)", "A\(scalar)sel", "\(scalar)Asel"] {
            // The canonical form may be another character, equally invisible.
            #expect(throws: PersonNameFault.self, "\(text.unicodeScalars.map(\.value))") { try PersonName(text) }
        }
    }

    @Test("A name of combining marks only is refused")
    func marksAlone() {
        for text in ["\u{301}", "\u{301}\u{302}", " \u{308} "] {
            #expect(throws: PersonNameFault.self) { try PersonName(text) }
        }
    }

    @Test("A stored name can still be read, even if it would be refused now")
    func stored() {
        for text in ["Иван\u{3164}", "\u{115F}"] {
            #expect(throws: PersonNameFault.self) { try PersonName(text) }
            #expect(PersonName(stored: text).text == text)
        }
    }
}
