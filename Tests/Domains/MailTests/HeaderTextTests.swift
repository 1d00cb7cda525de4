import Foundation
import Testing

@testable import Mail

@Suite struct HeaderTextTests {
    /// Decodes RFC 2047, checking each encoded word by itself.
    private func decoded(_ field: String, name: String) throws -> String {
        let value = try #require(field.hasPrefix("\(name): ") ? field.dropFirst(name.count + 2) : nil)
        let lines = value.components(separatedBy: "\r\n")
        #expect(lines.last == "")
        guard value.hasPrefix("=?") else { return String(lines[0]) }
        return try lines.dropLast().enumerated().map { index, line in
            let word = try #require(
                line.wholeMatch(
                    of: index == 0
                        ? #/()=\?UTF-8\?B\?([A-Za-z0-9+\/=]*)\?=/# : #/( )=\?UTF-8\?B\?([A-Za-z0-9+\/=]*)\?=/#
                )
            )
            let bytes = try #require(Data(base64Encoded: String(word.2)))
            return try #require(String(data: bytes, encoding: .utf8), "a character is split")
        }
        .joined()
    }

    private func widest(_ field: String) -> Int {
        field.components(separatedBy: "\r\n").map(\.utf8.count).max() ?? 0
    }

    @Test("A short ASCII subject is unchanged")
    func plain() throws {
        #expect(try HeaderText.field("Subject", "Your appeal 17") == "Subject: Your appeal 17\r\n")
    }

    @Test("Text that looks like an encoded word is encoded, so that it is shown as typed")
    func lookalike() throws {
        let field = try HeaderText.field("Subject", "=?UTF-8?B?0LA=?=")
        #expect(field.hasPrefix("Subject: =?UTF-8?B?"))
        #expect(try decoded(field, name: "Subject") == "=?UTF-8?B?0LA=?=")
    }

    @Test("A long Kazakh subject is folded and decodes to the original")
    func kazakh() throws {
        let subject = "Өтінішіңіз қабылданды: Сәтбаев көшесі мен Әуезов көшесінің қиылысындағы шұңқыр туралы хабарлама"
        let field = try HeaderText.field("Subject", subject)
        #expect(try decoded(field, name: "Subject") == subject)
        #expect(widest(field) <= 76)
        #expect(field.components(separatedBy: "\r\n").count > 3)
    }

    @Test("No grapheme cluster is split between two encoded words")
    func wholeCharacters() throws {
        let family = "👨‍👩‍👧‍👦"
        let field = try HeaderText.field("Subject", String(repeating: family, count: 9))
        for word in field.matches(of: #/\?B\?([^?]*)\?=/#) {
            let text = String(decoding: try #require(Data(base64Encoded: String(word.1))), as: UTF8.self)
            #expect(text.allSatisfy { String($0) == family })
        }
    }

    @Test("Hostile subjects keep their lines short and decode to the original", arguments: 0..<400 as Range<UInt64>)
    func hostile(seed: UInt64) throws {
        var texts = HostileText(seed: seed)
        let text = texts.line()
        let field = try HeaderText.field("Subject", text)
        #expect(try decoded(field, name: "Subject").unicodeScalars.elementsEqual(text.unicodeScalars))
        #expect(widest(field) <= 76)
        #expect(field.utf8.allSatisfy { $0 < 0x80 })
    }

    @Test(
        "Text that would start another header field is refused",
        arguments: [
            "a\r\nBcc: x@example.kz", "a\nb", "a\rb", "a\0b", "a\u{1B}b", "a\u{85}b", "a\u{2028}b", "a\u{7F}", "\n",
            "a\tb",
        ]
    )
    func injection(text: String) {
        #expect(throws: MailError.unsafeHeader(field: "Subject")) { try HeaderText.field("Subject", text) }
        #expect(throws: MailError.unsafeHeader(field: "From")) { try Mailbox(name: text, address: "a@example.kz") }
        #expect(throws: MailError.unsafeHeader(field: "From")) {
            try Mailbox(name: nil, address: "a@example.kz" + text)
        }
    }
}
