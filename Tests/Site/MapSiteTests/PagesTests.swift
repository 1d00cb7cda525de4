import Civic
import Foundation
import Gazetteer
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import TestSupport
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite struct PagesTests {
    private static let pages = [
        "", "search", "search?q=%D0%BF%D0%B0%D1%80%D0%BA", "map", "map?pin=0.25,0.25&category=park", "directory",
        "directory/park", "directory/leisure?district=west", "organizations/clinic", "districts", "districts/west",
    ]

    @Test("Every page exists in every language, with one heading and no unfilled placeholder", arguments: pages)
    func everyPage(page: String) async throws {
        try await TestPortal.test { (client, _) async throws in
            for language in ["kk", "ru", "en"] {
                let (status, html) = try await client.text("/\(language)/\(page)")
                #expect(status == 200, "\(language)/\(page)")
                #expect(html.contains("<html lang=\"\(language)\">"))
                #expect(html.components(separatedBy: "<h1").count == 2, "\(language)/\(page)")
                #expect(!html.contains("{{"), "\(language)/\(page)")
                #expect(!html.contains("Optional("), "\(language)/\(page)")
                let strings = try Strings(
                    try #require(Language(rawValue: language)),
                    folders: try TestPortal.resources("Locale")
                )
                for key in strings.keys where html.contains(">\(key)<") {
                    Issue.record("\(key) is unfilled in \(page)")
                }
            }
        }
    }

    @Test func whatATypedTextHoldsIsNeverMarkup() async throws {
        try await TestPortal.test { (client, _) async throws in
            let attack = Link.encode("\"><script>alert(1)</script>")
            for page in ["search?q=\(attack)", "map?q=\(attack)", "map?pin=\(attack)"] {
                let html = try await client.text("/ru/\(page)").body
                #expect(!html.contains("<script>alert"), "\(page)")
            }
        }
    }

    @Test("A name with markup cannot break out of the page's data")
    func namesInPageData() async throws {
        var contents = try TinyCity.contents()
        contents.categories[1] = try Gazetteer.Category(
            Fields(["id": "park", "parent": "leisure", "name_ru": "</script><b>", "position": "2"])
        )
        try await TestPortal.test(contents) { (client, _) async throws in
            let html = try await client.text("/ru/map").body
            #expect(!html.contains("</script><b>"))
        }
    }

    @Test func withoutJavaScriptTheMapPageAnswers() async throws {
        try await TestPortal.test { (client, _) async throws in
            let html = try await client.text("/ru/map?q=\(Link.encode("Абая 10"))&category=park").body
            #expect(html.contains("Западный район"))
            #expect(html.contains("Зелёный парк"))
            #expect(html.contains("<span id=\"coordinates\">0.5, 0.2</span>"), "latitude first, as people write it")
            let outside = try await client.text("/ru/map?pin=1.5,-3").body
            #expect(outside.contains("за пределами"))
            #expect(try await client.text("/ru/map?pin=abc").status == 200)
            #expect(try await client.text("/ru/map?category=casino").status == 404)
        }
    }

    @Test func theFrontDoorChoosesTheLanguage() async throws {
        try await TestPortal.test { (client, _) async throws in
            func target(_ headers: HTTPFields) async throws -> String? {
                try await client.execute(uri: "/", method: .get, headers: headers) { $0.headers[.location] }
            }
            #expect(try await target([:]) == "/kk/")
            #expect(try await target([.acceptLanguage: "de, en;q=0.5, ru;q=0.8"]) == "/ru/")
            #expect(try await target([.acceptLanguage: "ru", .cookie: "lang=en"]) == "/en/")
            #expect(try await target([.acceptLanguage: ";;;q=,,"]) == "/kk/")
        }
    }

    @Test func theSamePageInTheOtherLanguages() async throws {
        try await TestPortal.test { (client, _) async throws in
            let html = try await client.text("/ru/directory/park?district=west").body
            #expect(html.contains("href=\"/kk/directory/park?district=west\""))
        }
    }

    @Test func missingPagesAreToldInTheLanguageOfTheAddress() async throws {
        try await TestPortal.test { (client, _) async throws in
            for (uri, words) in [("/ru/nothing", "Страница не найдена"), ("/kk/districts/none", "Бет табылмады")] {
                let (status, html) = try await client.text(uri)
                #expect(status == 404)
                #expect(html.contains(words))
            }
        }
    }

    @Test func securityHeadersStandOnEveryAnswer() async throws {
        try await TestPortal.test { (client, _) async throws in
            let loads = [
                ("/ru/", "'self'"), ("/nothing", "'self'"), ("/api/v1/districts", "'none'"), ("/healthz", "'none'"),
            ]
            for (uri, origin) in loads {
                try await client.execute(uri: uri, method: .get) { response in
                    let policy = response.headers[.contentSecurityPolicy] ?? ""
                    #expect(policy.contains("default-src \(origin)"))
                    #expect(policy.contains("frame-ancestors 'none'"))
                    #expect(response.headers[.xContentTypeOptions] == "nosniff")
                }
            }
        }
    }

    @Test("A stored website is a link only if it is a web address")
    func sitesOfAnOlderRelease() async throws {
        for (site, isLink) in [("https://a.kz/1", true), ("akimat.example.kz", false), ("javascript:alert(1)", false)] {
            var contents = try TinyCity.contents()
            var values = contents.authorities[0].fields.values
            values["website"] = site
            contents.authorities[0] = try Authority(Fields(values, isStored: true))
            values = contents.organizations[0].fields.values
            values["website"] = site
            contents.organizations[0] = try Organization(
                Fields(values, shape: contents.organizations[0].fields.shape, isStored: true)
            )
            try await TestPortal.test(contents) { (client, _) async throws in
                for page in ["/ru/districts/west", "/ru/organizations/green"] {
                    let html = try await client.text(page).body
                    #expect(html.contains(">\(site)<"), "\(page)")
                    #expect(html.contains("href=\"\(site)\"") == isLink, "\(page)")
                }
            }
        }
    }
}
