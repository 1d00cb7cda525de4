import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite("Text in HTML")
struct HTMLTests {
    @Test("Only markup characters are escaped", arguments: ["", "қала", "a\u{0301}&\u{0301}<", "<<>>", "👩‍👩‍👧'\"", "\0&"])
    func characters(text: String) {
        let entities: [Unicode.Scalar: String] = [
            "&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "'": "&#39;",
        ]
        let expected = text.unicodeScalars.map { entities[$0] ?? String($0) }
        #expect(Array(HTML.escaped(text).utf8) == Array(expected.joined().utf8))
    }
}
