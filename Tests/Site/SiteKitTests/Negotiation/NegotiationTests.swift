import Civic
import HTTPTypes
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite struct NegotiationTests {
    @Test(
        "Codings by the grammar of RFC 9110 §12.5.3",
        arguments: [
            ("gzip", true), ("gzip, deflate, br, zstd", true), ("br, GZIP", true), ("x-gzip", true), ("*", true),
            ("gzip;q=0", false), ("gzip;q=0.0", false), ("gzip;q=0, *", false), ("*;q=0", false), ("br, *;q=0", false),
            ("gzip ; q=0.5 , identity;q=1", false), ("gzip;q=0.5, identity;q=0.5", true), ("identity", false),
            ("", false), ("gzipped", false), ("not-gzip", false), ("gzip;Q=0.001", true), ("gzip;q=abc", false),
            (",, gzip", true), ("br;q=1.0, gzip;q=0.8, *;q=0.1", true), ("gzip;q=1.001", false),
            ("gzip;q=0.0001", false),
            ("identity;q=0, *;q=0.1", true),
        ]
    )
    func codings(header: String, isAccepted: Bool) {
        #expect(Negotiation.acceptsGzip([.acceptEncoding: header]) == isAccepted)
    }

    @Test func withoutAHeaderTheBodyIsPlain() { #expect(!Negotiation.acceptsGzip([:])) }

    @Test(
        "Languages by the grammar of RFC 9110 §12.5.4",
        arguments: [
            ("ru", Language.ru), ("RU", .ru), ("Ru-kz", .ru), ("ru ;q=0.9", .ru), ("ru ; q=0.9, en;\tq=0.95", .en),
            ("en;q=0.1, kk;q=0.2", .kk), ("de, ru;q=0.3", .ru), ("*;q=0.5,kk;q=0", .ru), ("kk;q=0", .ru),
            ("kk;q=0, ru;q=0", .en), ("kk;q=0, ru;q=0, *", .en), ("*", .kk), ("en-GB, *;q=0.5", .en),
            ("en;q=0.5, *;q=0.8", .kk), ("ru-KZ;q=0, ru", .ru), ("ru;q=0, ru-KZ", .kk), (", ,en", .en),
            ("en-US,ru;q=0.9,en;q=0.8", .en), ("ru-RU,kk;q=0.9,ru;q=0.8", .ru), ("ru, en", .ru), ("en, ru", .en),
            ("en;q=x, ru;q=0.1", .ru), ("ru;q=0,en;q=0.001", .en),
        ]
    )
    func languages(header: String, expected: Language) {
        #expect((Negotiation.language([.acceptLanguage: header]) ?? .kk) == expected)
    }

    @Test(arguments: ["de", "", "q=1", ";q=1", "*;q=0", "russian", "de;q=0, fr"])
    func whoNamesNoneOfOursHasNoChoice(header: String) {
        #expect(Negotiation.language([.acceptLanguage: header]) == nil)
    }

    @Test func severalFieldsAreOneList() {
        var headers = HTTPFields()
        headers.append(HTTPField(name: .acceptLanguage, value: "en;q=0.2"))
        headers.append(HTTPField(name: .acceptLanguage, value: "ru;q=0.4"))
        #expect(Negotiation.language(headers) == .ru)
    }

    @Test(
        "Media types by the grammar of RFC 9110 §12.5.1",
        arguments: [
            ("application/geo+json", true), ("application/geo+json;q=0", false), ("*/*", false),
            ("application/geo+json;q=0.5, application/json", false),
            ("application/json;q=0.5, application/geo+json", true),
            ("application/geo+json, */*;q=0.1", true), ("application/geo+json, */*", true), ("application/*", false),
            ("APPLICATION/GEO+JSON ; Q=0.3", true), ("text/html, */*;q=0.8", false), ("application/geo+jsonx", false),
            ("application/geo+json, application/json", true), ("application/json, application/geo+json", false),
            ("text/html;note=application/geo+json", false), ("application/geo+json;q=0.1, */*;q=0.2", false),
        ]
    )
    func mediaTypes(header: String, isWanted: Bool) {
        #expect(Negotiation.prefers("application/geo+json", to: "application/json", [.accept: header]) == isWanted)
    }

    @Test(arguments: [
        ("Text/HTML; charset=utf-8", "text/html"), ("application/json ;a=b", "application/json"), ("", ""),
    ])
    func essences(header: String, expected: String) { #expect(MediaType.essence(header) == expected) }
}
