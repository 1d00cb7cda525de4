import Gazetteer
import Hummingbird
import HummingbirdTesting
import Logging
import SQLiteStore
import TestSupport
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite struct HealthTests {
    @Test func aliveReadyAndMeasured() async throws {
        try await TestPortal.test { (client, city) async throws in
            #expect(try await client.json("/healthz").status == 200)
            let version = try await city.store.version()
            #expect(try await client.json("/readyz").body["gazetteer_version"] as? Int == version)
            _ = try await client.text("/ru/districts/west")
            let text = try await client.text("/metrics").body
            #expect(text.contains("route=\"/ru/districts/{slug}\"") || text.contains("route=\"/ru/districts/:slug\""))
            #expect(!text.contains("west"))
        }
    }

    @Test("Until the city is loaded the server answers 503 with Retry-After")
    func notReady() async throws {
        let database = try PortalDatabase.inMemory()
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let portal = try PortalApplication(
            store: CityFixture().store,
            accounts: try await TestPortal.accounts(database, logger: logger),
            home: try TestPortal.home(),
            logger: logger
        )
        let application = Application(router: try await portal.router(), logger: logger)
        try await application.test(.router) { plain in
            let client = DocumentedClient(client: plain)
            try await client.execute(uri: "/readyz", method: .get) { response in
                #expect(response.status == .serviceUnavailable)
                #expect(response.headers[.retryAfter] != nil)
            }
            #expect(try await client.text("/ru/").status == 503)
            #expect(try await client.json("/healthz").status == 200)
        }
    }

    @Test("An import by another process is served within moments, without a restart")
    func swapsAfterAnImport() async throws {
        try await TestPortal.test { (client, city) async throws in
            try city.write([
                try Organization(
                    TinyCity.record(["id": "new", "category": "park", "name_ru": "Новый парк"], at: (0.1, 0.1))
                )
            ])
            // A generous timeout: on a machine busy with all other tests the store is checked late.
            var status = 404
            for _ in 0..<1200 where status == 404 {
                try await Task.sleep(for: .milliseconds(100))
                status = try await client.json("/api/v1/organizations/new").status
            }
            #expect(status == 200)
        }
    }
}
