import Gazetteer
import Hummingbird
import HummingbirdTesting
import TestSupport
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

/// The HTML of each state of the public pages.
@Suite("Snapshots of the public pages")
struct PublicPageSnapshotTests {
    /// Each state with its address.
    private static let states: [(name: String, address: String)] = [
        ("home-kk", "/kk/"), ("home-ru", "/ru/"), ("home-en", "/en/"), ("search-start", "/ru/search"),
        ("search-empty", "/ru/search?q=%20"), ("search-none", "/en/search?q=zzzz"),
        ("search-category", "/ru/search?q=\(Link.encode("поликлиника"))"),
        ("search-address", "/kk/search?q=\(Link.encode("Абай 10"))"),
        ("search-guess", "/ru/search?q=\(Link.encode("Абая 20"))"),
        ("search-street", "/ru/search?q=\(Link.encode("Сатпаева"))"),
        ("search-district", "/en/search?q=\(Link.encode("Западный район"))"),
        ("search-long", "/ru/search?q=\(String(repeating: "a", count: 400))"), ("map", "/ru/map"),
        ("map-pin", "/kk/map?pin=0.25,0.25"), ("map-outside", "/en/map?pin=50,50"), ("map-broken", "/ru/map?pin=abc"),
        ("map-swapped", "/ru/map?pin=0.5,1.5"), ("map-unknown", "/ru/map?q=zzzz%3Cb%3E"),
        ("map-address", "/ru/map?q=\(Link.encode("Абая 10"))"),
        ("map-filter", "/ru/map?category=park&district=west&q=\(Link.encode("сад"))"),
        ("map-organization", "/ru/map?organization=full"), ("directory", "/ru/directory"),
        ("directory-district", "/en/directory?district=west"), ("category", "/ru/directory/park"),
        ("category-page", "/ru/directory/park?cursor=\(Cursor(40).text)"),
        ("category-district", "/kk/directory/park?district=east"), ("category-group", "/ru/directory/health"),
        ("category-none", "/ru/directory/polyclinic?district=east"), ("organization", "/ru/organizations/full"),
        ("organization-foreign", "/en/organizations/full"), ("organization-hours", "/ru/organizations/clinic"),
        ("organization-bare", "/kk/organizations/clinic-25"), ("districts", "/ru/districts"),
        ("district", "/ru/districts/west"), ("district-bare", "/kk/districts/east"),
        ("developers", "/api/docs?lang=en"), ("not-found", "/ru/nothing"),
    ]

    @Test("Each state of the public pages is as recorded")
    func states() async throws {
        try await TestPortal.test(try Self.contents()) { (client, _) async throws in
            for (name, address) in Self.states {
                let html = try await client.text(address).body
                let snapshot = PageSnapshot(name: name)
                snapshot.expectRoute(of: address)
                try snapshot.check(html, isWhole: name.hasPrefix("home"))
            }
        }
    }

    /// The tiny city with an institution and an authority of which everything is known, and more parks than fit on a page.
    private static func contents() throws -> GazetteerContents {
        var contents = try TinyCity.contents()
        var full = TinyCity.record(
            [
                "id": "full", "category": "polyclinic", "name_kk": "«Денсаулық» & <емхана> № 7",
                "name_ru": "Поликлиника № 7 «Здоровье»", "district": "west", "street_id": "abay", "house": "10",
                "phones": "+77272591308;103", "email": "post@example.kz", "website": "https://example.kz/?a=1&b='2'",
                "precision": "address",
            ],
            at: (0.2, 0.5)
        )
        full["confidence"] = "low"
        full["date"] = "2024-10-03"
        contents.organizations.append(try Organization(full))
        for number in 1...90 {
            let fields = TinyCity.record(
                ["id": "park-\(number)", "category": "park", "name_ru": "Парк № \(number)", "district": "west"],
                at: (0.1 + Double(number) / 200, 0.9)
            )
            contents.organizations.append(try Organization(fields))
        }
        contents.authorities = [
            try Authority(
                TinyCity.record([
                    "id": "akimat-west", "district": "west", "name_ru": "Аппарат акима Западного района",
                    "organization_id": "full", "address_ru": "проспект Абая, 10", "phones": "+77272591309",
                    "website": "https://example.kz",
                ])
            )
        ]
        return contents
    }
}
