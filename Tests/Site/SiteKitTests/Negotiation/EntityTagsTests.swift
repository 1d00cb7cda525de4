import HTTPTypes
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite struct EntityTagsTests {
    @Test(
        "If-None-Match compares weakly and reads lists (RFC 9110 §13.1.2)",
        arguments: [
            ("\"a\"", true), ("W/\"a\"", true), ("\"b\", \"a\"", true), ("\"b\",W/\"a\"", true), (" \"a\" ", true),
            ("\"b\" ,\t\"a\" ,", true), ("*", true), (" * ", true), ("\"b,\", \"a\"", true), (",\"a\"", true),
            ("\"b\"", false), ("\"x,\"a\"\"", false), ("a", false), ("", false), ("\"a", false), ("w/\"a\"", false),
            ("\"A\"", false), ("\"a,b\"", false), ("\"a\"-", false), ("\"a\" \"b\"", false), ("\"a\", b", false),
            ("\"a\";q=1", false), ("*, \"a\"", false), ("\"a\", *", false), ("\"a\",, \"b\"", true),
            ("W/ \"a\"", false),
            ("\"a\", \"b c\"", false), ("\"a\"x, \"a\"", false),
        ]
    )
    func knows(header: String, isKnown: Bool) {
        #expect(EntityTags.known([.ifNoneMatch: header], "\"a\"") == isKnown)
        #expect(EntityTags.known([.ifNoneMatch: header], "W/\"a\"") == isKnown)
    }

    @Test func nothingIsKnownWithoutTheHeader() { #expect(!EntityTags.known([:], "\"a\"")) }

    @Test(arguments: [
        ("\"a-gzip\"", "\"a\""), ("W/\"a-gzip\", \"b\"", "\"a\", \"b\""), ("*", "*"), ("\"a,-gzip\"", "\"a,\""),
    ])
    func unpacks(header: String, expected: String) { #expect(EntityTags.unpacked(header) == expected) }

    @Test(arguments: [("\"a-gzip\"", true), ("\"b\", W/\"a-gzip\"", true), ("*", true), ("\"a\"", false)])
    func tellsPackedOnes(header: String, isPacked: Bool) { #expect(EntityTags.namesPacked(header) == isPacked) }
}
