import Accounts
import Configuration
import Foundation
import GRDB
import Gazetteer
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import SQLiteStore
import TestSupport

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

/// A portal with the tiny city in a database of its own.
enum TestPortal {
    /// Runs a test against the router; every answer is compared with the OpenAPI document.
    static func test(
        _ contents: GazetteerContents? = nil,
        api: APISettings = APISettings(),
        _ body: @Sendable (any TestClientProtocol, CityFixture) async throws -> Void
    ) async throws {
        let database = try PortalDatabase.traced()
        let city = try CityFixture(contents ?? TinyCity.contents())
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let accounts = try await accounts(database, logger: logger)
        let portal = try PortalApplication(
            store: city.store,
            accounts: accounts,
            home: try home(),
            logger: logger,
            api: api
        )
        try await portal.live.load()
        let application = Application(router: try await portal.router(), services: [portal.live], logger: logger)
        try await application.test(.router) { client in try await body(DocumentedClient(client: client), city) }
    }

    /// The features that the portal is composed of.
    static func features() async throws -> [Feature] {
        let database = try PortalDatabase.traced()
        let logger = Logger(label: "test")
        return try PortalApplication(
            store: CityFixture().store,
            accounts: try await accounts(database, logger: logger),
            home: try home(),
            logger: logger
        ).features
    }

    /// Runs a test with the tiny city loaded, without a portal.
    static func live(_ body: @Sendable (LiveCity, CityMap) async throws -> Void) async throws {
        let map = try CityMap(home: try home(), settings: MapSettings())
        let city = try CityFixture(TinyCity.contents())
        let live = LiveCity(
            store: city.store,
            logger: Logger(label: "test"),
            schemas: map.schemas,
            symbols: map.symbols
        )
        try await live.load()
        try await body(live, map)
    }

    /// The router of a portal without a loaded city.
    ///
    /// - Parameter table: filled with the policy of every route.
    static func router(table: RouteTable = RouteTable()) async throws -> Router<PortalContext> {
        let database = try PortalDatabase.traced()
        let logger = Logger(label: "test")
        return try await PortalApplication(
            store: CityFixture().store,
            accounts: try await accounts(database, logger: logger),
            home: try home(),
            logger: logger
        ).router(table: table)
    }

    /// Accounts in a database, with cheap password hashes.
    static func accounts(
        _ database: any DatabaseWriter,
        settings: Settings? = nil,
        logger: Logger,
        now: @escaping @Sendable () -> Date = { Date() }
    ) async throws -> PortalAccounts {
        try await PortalAccounts(
            store: SQLiteAccountStore(database),
            outbox: SQLiteOutbox(database),
            home: try home(),
            settings: try settings ?? self.settings(),
            logger: logger,
            hashing: .least,
            now: now
        )
    }

    /// Settings as an operator gives them, with generated keys.
    static func settings(_ values: [AbsoluteConfigKey: ConfigValue] = [:]) throws -> Settings {
        let key = Data((0..<32).map { UInt8($0) }).base64EncodedString()
        var all = values
        all["secret.key"] = all["secret.key"] ?? ConfigValue(.string(key), isSecret: true)
        return try Settings(SettingsReader(values: all))
    }

    /// The resource folders of the site kit and of every feature.
    static func resources() throws -> [URL] {
        let paths = try home()
        let site = ProductFolder.url.appending(path: "Sources/Site").path
        let features = try FileManager.default.contentsOfDirectory(atPath: site).sorted().filter { module in
            module != "SiteKit" && FileManager.default.fileExists(atPath: "\(site)/\(module)/Resources")
        }
        return try (["SiteKit"] + features).map { try paths.resources(of: $0) }
    }

    /// A folder of the resources of the site kit and of every feature that has one, such as `Locale`.
    static func resources(_ name: String) throws -> [URL] {
        try resources().map { $0.appending(path: name) }
            .filter { FileManager.default.fileExists(atPath: $0.path) }
    }

    /// The symbols that categories can have.
    static func symbols() throws -> CategorySymbols {
        try CategorySymbols(file: try home().resources(of: "SiteKit").appending(path: "Public/icons.svg"))
    }

    /// The product's own files.
    static func home() throws -> ResourcePaths { try ResourcePaths(folder: ProductFolder.url.path) }
}

extension TestClientProtocol {
    /// Requests a path and parses the response as JSON.
    func json(_ uri: String, headers: HTTPFields = [:]) async throws -> (status: Int, body: [String: Any]) {
        try await execute(uri: uri, method: .get, headers: headers) { response in
            (response.status.code, try object(response.body))
        }
    }

    /// Requests a path as text.
    func text(_ uri: String, headers: HTTPFields = [:]) async throws -> (status: Int, body: String) {
        try await execute(uri: uri, method: .get, headers: headers) { response in
            (response.status.code, String(buffer: response.body))
        }
    }
}

func object(_ buffer: ByteBuffer) throws -> [String: Any] {
    try JSONSerialization.jsonObject(with: Data(buffer.readableBytesView)) as? [String: Any] ?? [:]
}
