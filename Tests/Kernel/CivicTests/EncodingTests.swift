import Civic
import Foundation
import TestSupport
import Testing

@Suite struct EncodingTests {
    @Test("Base64url is base64 with two other digits and without padding, for random bytes")
    func base64URL() {
        var random = SplitMix64(seed: 64)
        for count in 0..<200 {
            let bytes = (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            let plain = Data(bytes).base64EncodedString()
            let expected = plain.map { ["+": "-", "/": "_", "=": ""][$0] ?? String($0) }.joined()
            #expect(Base64URL.encode(bytes) == expected)
            #expect(Base64URL.decode(expected) == Data(bytes))
        }
    }

    @Test(
        "What is not base64url is refused, also the digits and the padding of plain base64",
        arguments: ["A", "AAAAA", "-_+_", "-_/_", "AA==", "AAA=", "AA AA", "AAAA\n", "ААAA", "AA\u{0}A", "%2D"]
    )
    func refusesOtherDigits(text: String) { #expect(Base64URL.decode(text) == nil) }

    @Test("Percent decoding is what Foundation decodes, for random text")
    func percentDecoding() {
        var random = SplitMix64(seed: 31)
        let pieces = ["%", "%2", "%41", "%d1%8B", "%D1", "%zz", "+", "a", "ы", "%00", "%E2%82", "%25", "& =", "% 41"]
        for _ in 0..<5_000 {
            let text = (0..<Int.random(in: 0..<6, using: &random)).map { _ in
                pieces[Int.random(in: 0..<pieces.count, using: &random)]
            }.joined()
            let expected = text.replacing("+", with: " ").removingPercentEncoding
            #expect(PercentDecoding.component(text.utf8) == expected, "\(text)")
        }
    }

    @Test("Fields are read back as they were written, whatever their characters")
    func formText() throws {
        let fields = [("q", "Абай & Сейфуллин = 1+1 %41"), ("", ""), ("a=b", "e\u{301}\r\n"), ("~-._", "👍🏽")]
            .map { (name: $0.0, value: $0.1) }
        let text = FormText.encode(fields)
        #expect(text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
        let read = try #require(FormText.fields(of: text))
        #expect(read.map(\.name) == fields.map(\.name))
        #expect(read.map(\.value) == fields.map(\.value))
        #expect(FormText.encode("a b+c/ы") == "a%20b%2Bc%2F%D1%8B")
    }

    @Test("A broken escape in a name or a value spoils all fields", arguments: ["a=%", "%4=1", "a=1&b=%zz", "a=%ff"])
    func brokenFields(text: String) { #expect(FormText.fields(of: text) == nil) }

    @Test func hexadecimalHasTwoDigitsForEachByte() {
        #expect(([0, 1, 0x0F, 0x10, 0xAB, 0xFF] as [UInt8]).hexadecimal == "00010f10abff")
        #expect([UInt8]().hexadecimal.isEmpty)
    }

    @Test("Equality in constant time compares bytes")
    func constantTime() {
        #expect("".isEqualInConstantTime(to: ""))
        #expect("ключ".isEqualInConstantTime(to: "ключ"))
        #expect(!"ключ".isEqualInConstantTime(to: "ключа"))
        #expect(!"ключ".isEqualInConstantTime(to: "клюв"))
        // Equal for ==, and both of three bytes: an Angstrom sign, a Latin letter with a combining ring.
        #expect("\u{212B}" == "A\u{30A}" && !"\u{212B}".isEqualInConstantTime(to: "A\u{30A}"))
    }
}
