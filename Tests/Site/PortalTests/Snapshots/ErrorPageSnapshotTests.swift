import Hummingbird
import HummingbirdTesting
import Logging
import Testing

@testable import SiteKit

/// The HTML of the pages for requests that cannot be answered.
@Suite("Snapshots of the error pages")
struct ErrorPageSnapshotTests {
    /// A problem of each kind with the name of its page; kinds that share one differ in status only.
    private static let problems: [(name: String, status: Int, problem: Problem)] = [
        ("bad-request", 400, .badRequest("q", "empty")), ("bad-request", 422, .unprocessable([])),
        ("bad-request", 413, .tooLarge(limit: 1_000)),
        ("bad-request", 415, .unsupportedMediaType(expected: "text/plain")),
        ("file-unexpected", 400, .badRequest("file", "file_unexpected")), ("forbidden", 403, .forbidden),
        ("forbidden", 401, .unauthorized(scheme: "Bearer")), ("too-many", 429, .tooMany(seconds: 7)),
        ("server-error", 503, .notReady), ("server-error", 503, .busy),
        ("server-error", 503, .unwritable(code: "disk_full")), ("server-error", 500, .internalError(id: "0")),
    ]

    @Test("The page of each problem is as recorded")
    func pages() async throws {
        let walks = try TestWalks()
        var feature = walks.feature
        feature.routes = { routes, _ in
            for pages in routes.pages {
                pages.get("/problems/:number") { request in
                    throw Self.problems[Int(request.parameter("number")) ?? 0].problem
                }
            }
        }
        let router = try walks.router([feature]).router()
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        try await Application(router: router, logger: logger).test(.router) { client in
            for (number, (name, status, _)) in Self.problems.enumerated() {
                let page = try await client.text("/ru/problems/\(number)")
                #expect(page.status == status, "\(name)")
                try PageSnapshot(name: "error-" + name).check(page.body)
            }
        }
    }
}
