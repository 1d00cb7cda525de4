import Foundation
import Testing

@testable import Mail

@Suite struct BodyTextTests {
    /// Decodes the body.
    private func decoded(_ body: BodyText) throws -> String {
        if body.encoding == "base64" {
            let data = try #require(Data(base64Encoded: body.lines.replacingOccurrences(of: "\r\n", with: "")))
            return try #require(String(data: data, encoding: .utf8))
        }
        #expect(body.encoding == "quoted-printable")
        var bytes: [UInt8] = []
        var rest = Substring(body.lines.replacingOccurrences(of: "=\r\n", with: ""))[...].utf8
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "=") else {
                bytes.append(byte)
                continue
            }
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            bytes.append(try #require(UInt8(digits, radix: 16)))
            rest = rest.dropFirst(2)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func normalised(_ text: String) -> String {
        text.replacingOccurrences(of: "\r\n", with: "\n").replacingOccurrences(of: "\r", with: "\n")
            .replacingOccurrences(of: "\n", with: "\r\n")
    }

    private func check(_ text: String) throws {
        let body = BodyText(text)
        #expect(try decoded(body).unicodeScalars.elementsEqual(normalised(text).unicodeScalars))
        for line in body.lines.components(separatedBy: "\r\n") {
            #expect(line.utf8.count <= 76)
            #expect(line.utf8.allSatisfy { (0x20...0x7E).contains($0) })
            #expect(!line.hasSuffix(" "))
        }
    }

    @Test("Latin text stays readable, Kazakh text is encoded in base64")
    func choice() {
        #expect(BodyText("Your link: https://example.kz/a?b=c").encoding == "quoted-printable")
        #expect(BodyText("Өтінішіңіз қабылданды.").encoding == "base64")
    }

    @Test(arguments: [
        "", "\n", "a", "a ", "a \r\nb", ".\r\n.", "=", String(repeating: "a", count: 75),
        String(repeating: "a", count: 76),
        String(repeating: "a", count: 77), String(repeating: "=", count: 26), "From me", "a\0b",
        String(repeating: "ә", count: 500),
    ])
    func edges(text: String) throws { try check(text) }

    @Test("Hostile bodies decode to the original", arguments: 0..<300 as Range<UInt64>)
    func hostile(seed: UInt64) throws {
        var texts = HostileText(seed: seed)
        try check(texts.body())
    }
}
