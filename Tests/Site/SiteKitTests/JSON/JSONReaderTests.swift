import Foundation
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite struct JSONReaderTests {
    private func read(_ text: String) throws -> JSONValue { try JSONReader.read(text.utf8) }

    @Test func readsEveryKindOfValue() throws {
        let text = #"{"a": [1, -0.5e+3, true, false, null, "\u041a\ud83d\ude00\n\"\/"], "b": {}, "c": []}"#
        let list: JSONValue = .array([
            .number("1"), .number("-0.5e+3"), .flag(true), .flag(false), .null, .text("К😀\n\"/"),
        ])
        #expect(
            try read("\u{FEFF}\n \(text)\n")
                == .object([
                    .init(name: "a", line: 2, value: list), .init(name: "b", line: 2, value: .object([])),
                    .init(name: "c", line: 2, value: .array([])),
                ])
        )
        #expect(JSONValue.number("-0.5e+3").double == -500)
        #expect(JSONValue.number("1e999").double == nil)
        #expect(JSONValue.number("12").integer == 12)
        for text in ["1e3", "1.0", "99999999999999999999"] { #expect(JSONValue.number(text).integer == nil) }
    }

    @Test(
        "Everything that RFC 8259 forbids is refused, though Foundation accepts some of it",
        arguments: [
            "", " ", "{", "[1,]", #"{"a":1,}"#, "[,1]", "[1 2]", "{a:1}", "{'a':1}", "01", "+1", ".5", "1.", "1e",
            "0x1", "NaN",
            "-", "tru", "nulL", "[1]]", "{} {}", "// c\n1", #""a"#, "\"a\nb\"", #""\x""#, #""\u12g4""#, "\"\0\"", "\0",
            "1\0",
        ]
    )
    func malformed(text: String) {
        #expect(throws: JSONReader.Fault(line: 1, reason: .malformed)) { try read(text) }
    }

    @Test func loneSurrogatesAndBrokenBytesAreNoText() {
        let faults =
            [#""\ud800""#, #""\ud800\u0041""#, #""\udc00""#].map { Array($0.utf8) } + [
                [0x22, 0xC0, 0x80, 0x22], [0x22, 0xFF, 0x22],
            ]
        for bytes in faults {
            #expect(throws: JSONReader.Fault(line: 1, reason: .notText)) { try JSONReader.read(bytes) }
        }
    }

    @Test func namesAreToldApartAsTheyAreMeant() {
        let text = "{\n\"a\": 1,\n\"b\": {\"a\": 2},\n\"\\u0061\": 3}"
        #expect(throws: JSONReader.Fault(line: 4, reason: .repeated(name: "a"))) { try read(text) }
    }

    @Test(
        "Encodings other than UTF-8 are refused",
        arguments: [String.Encoding.utf16, .utf16LittleEndian, .utf16BigEndian, .utf32]
    )
    func encodings(encoding: String.Encoding) throws {
        let data = try #require(#"{"points":[]}"#.data(using: encoding))
        #expect(throws: JSONReader.Fault.self) { try JSONReader.read(data) }
    }

    @Test func deepNestingIsRefusedAndDoesNotExhaustTheStack() throws {
        _ = try read(String(repeating: "[", count: 64) + String(repeating: "]", count: 64))
        #expect(throws: JSONReader.Fault.self) { try read(String(repeating: "[", count: 1_000_000)) }
    }
}
