import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite struct RouteTableTests {
    private func table() -> RouteTable {
        let table = RouteTable()
        for path in ["/ru/login", "/ru/districts/:slug", "/api/docs"] { table.add("GET", RouterPath(path), .page) }
        table.add("GET", "/api/v1/districts/:slug", .sharedCall)
        table.add("GET", "/assets/**", .file)
        table.add("GET", "/tiles/{layer}.json", .sharedCall)
        table.add("GET", "/tiles/:layer/:z/:x/{y}.mvt", .tile)
        table.add("GET", "/healthz", .call)
        table.add("POST", "/api/v1/resolve", .sharedCall)
        return table
    }

    @Test(
        "The matched route decides the policy of a request, otherwise the routes beside it",
        arguments: [
            ("/ru/login", RoutePolicy.page), ("/ru/nothing", .page), ("/nothing", .page), ("/api/docs", .page),
            ("/api/v1/districts/west", .sharedCall), ("/api/v1/nothing", .call), ("/apix/v1", .page),
            ("/assets/a/b.js", .file),
            ("/tiles/a.json", .sharedCall), ("/tiles/a/1/2/3.mvt", .tile), ("/tiles/a/1/2/3", .call),
            ("/ru/x.mvt", .page),
            ("/healthz", .call), ("/healthzzz", .page), ("/", .page),
        ]
    )
    func kinds(path: String, expected: RoutePolicy) {
        #expect(table().policy(of: "NotFound", at: path) == expected)
    }

    @Test func theRouteComesBeforeTheAddress() {
        #expect(table().policy(of: "/api/docs", at: "/api/v1/districts/west") == .page)
    }

    @Test(arguments: [
        ("/ru/login", ["GET", "HEAD"]), ("/api/v1/resolve", ["OPTIONS", "POST"]),
        ("/tiles/a.json", ["GET", "HEAD", "OPTIONS"]),
        ("/tiles/a.txt", []), ("/tiles/.json", []), ("/nothing", []),
    ])
    func methods(path: String, expected: [String]) { #expect(table().methods(at: path) == expected) }
}
