import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite struct AssetsTests {
    @Test func aLinkWithItsHashIsHeldForEver() async throws {
        let link = Assets(
            folders: try TestPortal.resources(),
            vendor: try TestPortal.home().vendor
        ).link("app.css")
        try await TestPortal.test { (client, _) async throws in
            try await client.execute(uri: link, method: .get) { response in
                #expect(response.status == .ok)
                #expect(response.headers[.contentType] == "text/css; charset=utf-8")
                #expect(response.headers[.cacheControl]?.contains("immutable") == true)
            }
            try await client.execute(uri: "/assets/app.css", method: .get) { response in
                #expect(response.headers[.cacheControl]?.contains("immutable") == false)
            }
        }
    }

    @Test func theStyleSheetHoldsThoseOfAllFeaturesAfterThatOfTheKit() async throws {
        try await TestPortal.test { (client, _) async throws in
            let css = try await client.text("/assets/app.css").body
            let tokens = try #require(css.firstRange(of: "--action:"))
            let combobox = try #require(css.firstRange(of: ".combobox {"))
            let account = try #require(css.firstRange(of: ".account-head {"))
            #expect(tokens.upperBound < combobox.lowerBound)
            #expect(tokens.upperBound < account.lowerBound)
        }
    }

    @Test(
        "Nothing outside the folder is served",
        arguments: ["/assets/../Package.swift", "/assets/%2e%2e/Package.swift", "/assets/nothing.css", "/assets"]
    )
    func outside(uri: String) async throws {
        try await TestPortal.test { (client, _) async throws in
            #expect(try await client.text(uri).status == 404)
        }
    }
}
