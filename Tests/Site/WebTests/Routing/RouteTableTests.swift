import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import Web

@Suite struct RouteTableTests {
    private func table() -> RouteTable {
        let router = Router(context: PortalContext.self)
        for path in ["/ru/login", "/ru/districts/:slug", "/api/docs", "/api/v1/districts/:slug", "/assets/**"] {
            router.get(RouterPath(path)) { _, _ in HTTPResponse.Status.ok }
        }
        router.get("/tiles/{layer}.json") { _, _ in HTTPResponse.Status.ok }
        router.get("/tiles/:layer/:z/:x/{y}.mvt") { _, _ in HTTPResponse.Status.ok }
        router.get("/healthz") { _, _ in HTTPResponse.Status.ok }
        router.post("/api/v1/resolve") { _, _ in HTTPResponse.Status.ok }
        let table = RouteTable()
        table.learn(router, files: ["/assets/**"])
        return table
    }

    @Test(
        "The matched route decides the kind of a request, otherwise the routes beside it",
        arguments: [
            ("/ru/login", RouteKind.page), ("/ru/nothing", .page), ("/nothing", .page), ("/api/docs", .page),
            ("/api/v1/districts/west", .sharedCall), ("/api/v1/nothing", .call), ("/apix/v1", .page),
            ("/assets/a/b.js", .file),
            ("/tiles/a.json", .sharedCall), ("/tiles/a/1/2/3.mvt", .tile), ("/tiles/a/1/2/3", .call),
            ("/ru/x.mvt", .page),
            ("/healthz", .call), ("/healthzzz", .page), ("/", .page),
        ]
    )
    func kinds(path: String, expected: RouteKind) {
        #expect(table().kind(of: "NotFound", at: path) == expected)
    }

    @Test func theRouteComesBeforeTheAddress() {
        #expect(table().kind(of: "/api/docs", at: "/api/v1/districts/west") == .page)
    }

    @Test(arguments: [
        ("/ru/login", ["GET", "HEAD"]), ("/api/v1/resolve", ["OPTIONS", "POST"]),
        ("/tiles/a.json", ["GET", "HEAD", "OPTIONS"]),
        ("/tiles/a.txt", []), ("/tiles/.json", []), ("/nothing", []),
    ])
    func methods(path: String, expected: [String]) { #expect(table().methods(at: path) == expected) }
}
