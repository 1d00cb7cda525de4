// swift-tools-version: 6.2
import PackageDescription

/// The floors of docs/architecture.md, each a folder of `Sources`.
///
/// Arrows point down only, which a test holds.
enum Floor: String {
    case kernel = "Kernel"
    case domains = "Domains"
    case intake = "Intake"
    case stores = "Stores"
    case site = "Site"
}

/// Which package a product of others comes from; every other name is a target of ours.
let packages = [
    "ArgumentParser": "swift-argument-parser",
    "AsyncHTTPClient": "async-http-client",
    "Configuration": "swift-configuration",
    "Crypto": "swift-crypto",
    "CryptoExtras": "swift-crypto",
    "GRDB": "GRDB.swift",
    "HTTPTypes": "swift-http-types",
    "Hummingbird": "hummingbird",
    "HummingbirdCore": "hummingbird",
    "HummingbirdTesting": "hummingbird",
    "JWTKit": "jwt-kit",
    "Logging": "swift-log",
    "Mustache": "swift-mustache",
    "NIOCore": "swift-nio",
    "NIOEmbedded": "swift-nio",
    "NIOFoundationCompat": "swift-nio",
    "NIOHTTP1": "swift-nio",
    "NIOHTTPTypes": "swift-nio-extras",
    "NIOHTTPTypesHTTP1": "swift-nio-extras",
    "NIOPosix": "swift-nio",
    "ServiceLifecycle": "swift-service-lifecycle",
    "Subprocess": "swift-subprocess",
]

func dependencies(_ names: [String]) -> [Target.Dependency] {
    names.map { name in packages[name].map { .product(name: name, package: $0) } ?? .byName(name: name) }
}

/// The settings every Swift target shares: Swift 6 mode with the stricter import and existential rules.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

/// The settings of modules that compute over the whole city: optimized in debug builds too, because otherwise each start of a server in
/// a test takes several seconds of processor time (docs/decisions/0025-city-modules-are-optimized.md).
let optimized = settings + [.unsafeFlags(["-O"], .when(configuration: .debug))]

/// A library of a floor, in `Sources/<floor>/<name>`.
func module(
    _ floor: Floor,
    _ name: String,
    uses names: [String] = [],
    resources: [Resource]? = nil,
    isOptimized: Bool = false
) -> Target {
    .target(
        name: name,
        dependencies: dependencies(names),
        path: "Sources/\(floor.rawValue)/\(name)",
        resources: resources,
        swiftSettings: isOptimized ? optimized : settings
    )
}

/// The tests of a module, in `Tests/<floor>/<name>Tests`.
func tests(_ floor: Floor, of name: String, uses names: [String]) -> Target {
    .testTarget(
        name: "\(name)Tests",
        dependencies: dependencies(names),
        path: "Tests/\(floor.rawValue)/\(name)Tests",
        swiftSettings: settings
    )
}

/// A system library or a few lines of C, in `Sources/Kernel/<name>`.
func c(_ name: String, pkgConfig: String? = nil, apt package: String) -> Target {
    .systemLibrary(name: name, path: "Sources/Kernel/\(name)", pkgConfig: pkgConfig, providers: [.apt([package])])
}

func c(_ name: String, links libraries: [String] = []) -> Target {
    .target(name: name, path: "Sources/Kernel/\(name)", linkerSettings: libraries.map { .linkedLibrary($0) })
}

let package = Package(
    name: "OpenAlmaty",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "openalmaty", targets: ["openalmaty"]),
        .executable(name: "openalmaty-tools", targets: ["openalmaty-tools"]),
        .library(name: "Geo", targets: ["Geo"]),
        .library(name: "Gazetteer", targets: ["Gazetteer"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", exact: "1.4.0"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
        .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2"),
        .package(url: "https://github.com/vapor/jwt-kit", exact: "5.7.1"),
    ],
    targets: [
        c("CAffinity"),
        c("CCurl", links: ["curl"]),
        c("COpenSSL", links: ["crypto"]),
        c("CQRencode", pkgConfig: "libqrencode", apt: "libqrencode-dev"),
        c("CSodium", pkgConfig: "libsodium", apt: "libsodium-dev"),
        c("CSpatiaLite", links: ["spatialite", "sqlite3"]),
        c("CZlib", apt: "zlib1g-dev"),
        module(.kernel, "AtomicFile"),
        module(.kernel, "Civic", uses: ["AtomicFile", "CSodium", "Crypto"]),
        module(.kernel, "Geo", isOptimized: true),
        module(.kernel, "Gzip", uses: ["CZlib"]),
        module(.kernel, "QRCode", uses: ["CQRencode"]),

        module(.domains, "Accounts", uses: ["CSodium", "Civic", "Crypto", "NIOPosix"]),
        module(.domains, "Appeals", uses: ["Civic", "Crypto", "Geo"]),
        module(
            .domains,
            "Attachments",
            uses: ["AtomicFile", "Civic", "Crypto", "Geo", "NIOCore", "NIOPosix", "Subprocess"]
        ),
        module(
            .domains,
            "Captcha",
            uses: ["AsyncHTTPClient", "Civic", "Crypto", "NIOCore", "NIOFoundationCompat", "NIOHTTP1"]
        ),
        module(.domains, "Gazetteer", uses: ["Civic", "Geo"], isOptimized: true),
        module(
            .domains,
            "Mail",
            uses: ["AtomicFile", "CCurl", "Civic", "Crypto", "Logging", "NIOPosix", "ServiceLifecycle"]
        ),
        module(
            .domains,
            "OpenIDConnect",
            uses: ["AsyncHTTPClient", "Civic", "Crypto", "JWTKit", "NIOCore", "NIOFoundationCompat", "NIOHTTP1"]
        ),
        module(.domains, "Signatures", uses: ["COpenSSL", "Civic", "NIOPosix"]),
        module(.domains, "Tiles", uses: ["Geo"], isOptimized: true),

        module(.intake, "AppealImport", uses: ["Appeals", "CityImport"]),
        module(.intake, "CityImport", uses: ["Civic", "Gazetteer", "Geo"], isOptimized: true),
        module(.intake, "StreetDerivation", uses: ["CityImport", "Civic", "Gazetteer", "Geo"]),
        module(
            .stores,
            "SQLiteStore",
            uses: [
                "Accounts", "Appeals", "Attachments", "CSpatiaLite", "Civic", "Crypto", "GRDB", "Gazetteer", "Geo",
                "Mail",
            ]
        ),

        module(
            .site,
            "SiteKit",
            uses: [
                "Attachments", "CAffinity", "Civic", "Configuration", "Crypto", "Gazetteer", "Geo", "Gzip", "HTTPTypes",
                "Hummingbird",
                "HummingbirdCore", "Logging", "NIOCore", "NIOHTTP1", "NIOHTTPTypes", "NIOHTTPTypesHTTP1",
                "NIOPosix", "ServiceLifecycle",
            ],
            resources: [.copy("Resources")]
        ),
        module(
            .site,
            "MapSite",
            uses: [
                "Civic", "Gazetteer", "Geo", "Gzip", "HTTPTypes", "Hummingbird", "Logging", "NIOCore",
                "NIOPosix", "ServiceLifecycle", "SiteKit", "Tiles",
            ],
            resources: [.copy("Resources")]
        ),
        module(
            .site,
            "AccountSite",
            uses: [
                "Accounts", "AsyncHTTPClient", "Captcha", "Civic", "Crypto", "HTTPTypes", "Hummingbird", "Logging",
                "Mail",
                "NIOCore", "NIOPosix", "OpenIDConnect", "QRCode", "ServiceLifecycle", "SiteKit",
            ],
            resources: [.copy("Resources")]
        ),
        module(
            .site,
            "SignatureSite",
            uses: ["Civic", "Signatures", "SiteKit"],
            resources: [.copy("Resources")]
        ),
        module(
            .site,
            "SampleSite",
            uses: ["Civic", "HTTPTypes", "Hummingbird", "NIOCore", "SignatureSite", "Signatures", "SiteKit"],
            resources: [.copy("Resources")]
        ),
        module(
            .site,
            "StaffSite",
            uses: ["Accounts", "Civic", "Hummingbird", "Mail", "SiteKit"],
            resources: [.copy("Resources")]
        ),
        module(
            .site,
            "Portal",
            uses: [
                "AccountSite", "Accounts", "Attachments", "Civic", "Gazetteer", "Hummingbird", "Logging", "Mail",
                "MapSite", "SampleSite", "SignatureSite", "SiteKit",
                "StaffSite",
            ]
        ),

        .target(
            name: "Console",
            dependencies: dependencies([
                "ArgumentParser", "Attachments", "CityImport", "Civic", "Configuration", "GRDB", "Gazetteer", "Geo",
                "Portal", "SQLiteStore", "SiteKit",
            ]),
            swiftSettings: settings
        ),
        .executableTarget(
            name: "openalmaty",
            dependencies: dependencies([
                "AccountSite", "Accounts", "Appeals", "ArgumentParser", "AtomicFile", "Attachments", "CityImport",
                "Civic", "Configuration", "Console", "Gazetteer", "Geo", "Gzip", "Hummingbird", "Logging", "Mail",
                "MapSite",
                "NIOCore",
                "NIOPosix", "OpenIDConnect", "Portal", "SQLiteStore", "SignatureSite", "Signatures", "SiteKit", "Tiles",
            ]),
            swiftSettings: settings
        ),
        .executableTarget(
            name: "openalmaty-tools",
            dependencies: dependencies([
                "ArgumentParser", "CityImport", "Civic", "Console", "Gazetteer", "Geo", "NIOCore", "SiteKit",
                "StreetDerivation", "Tiles",
            ]),
            path: "Sources/Tools",
            swiftSettings: settings
        ),

        .target(
            name: "TestSupport",
            dependencies: dependencies([
                "Accounts", "CityImport", "Civic", "Crypto", "GRDB", "Gazetteer", "Geo", "Hummingbird", "Logging",
                "Mail", "NIOCore", "SQLiteStore",
            ]),
            path: "Tests/Support",
            swiftSettings: settings
        ),
        tests(.kernel, of: "AtomicFile", uses: ["AtomicFile", "TestSupport"]),
        tests(.kernel, of: "Civic", uses: ["Civic", "TestSupport"]),
        tests(.kernel, of: "Geo", uses: ["Geo", "TestSupport"]),
        tests(.kernel, of: "Gzip", uses: ["Gzip", "TestSupport"]),
        tests(.kernel, of: "QRCode", uses: ["QRCode"]),
        tests(.domains, of: "Accounts", uses: ["Accounts", "Civic", "Mail", "TestSupport"]),
        tests(
            .domains,
            of: "Appeals",
            uses: [
                "Accounts", "AppealImport", "Appeals", "Civic", "GRDB", "Gazetteer", "Geo", "SQLiteStore",
                "TestSupport",
            ]
        ),
        tests(
            .domains,
            of: "Attachments",
            uses: ["Attachments", "Civic", "Geo", "SQLiteStore", "TestSupport"]
        ),
        tests(
            .domains,
            of: "Captcha",
            uses: ["AsyncHTTPClient", "Captcha", "Crypto", "Hummingbird", "NIOCore", "TestSupport"]
        ),
        tests(.domains, of: "Gazetteer", uses: ["CityImport", "Civic", "Gazetteer", "Geo", "TestSupport"]),
        tests(
            .domains,
            of: "Mail",
            uses: ["Civic", "GRDB", "Logging", "Mail", "SQLiteStore", "ServiceLifecycle", "TestSupport"]
        ),
        tests(
            .domains,
            of: "OpenIDConnect",
            uses: [
                "AsyncHTTPClient", "Civic", "Crypto", "CryptoExtras", "HTTPTypes", "Hummingbird", "JWTKit", "NIOCore",
                "OpenIDConnect", "TestSupport",
            ]
        ),
        tests(.domains, of: "Signatures", uses: ["Civic", "Signatures", "TestSupport"]),
        tests(.domains, of: "Tiles", uses: ["Geo", "TestSupport", "Tiles"]),
        tests(
            .intake,
            of: "AppealImport",
            uses: ["AppealImport", "Appeals", "Civic", "Gazetteer", "TestSupport"]
        ),
        tests(.intake, of: "CityImport", uses: ["CityImport", "Civic", "Gazetteer", "Geo", "TestSupport"]),
        tests(.intake, of: "StreetDerivation", uses: ["Gazetteer", "Geo", "StreetDerivation"]),
        tests(
            .stores,
            of: "SQLiteStore",
            uses: [
                "Accounts", "Attachments", "Civic", "GRDB", "Gazetteer", "Geo", "Mail", "SQLiteStore", "TestSupport",
            ]
        ),
        // The same suites for every engine of the portal database.
        .testTarget(
            name: "StoreContract",
            dependencies: dependencies([
                "Accounts", "Appeals", "Attachments", "Civic", "Gazetteer", "Geo", "Mail", "SQLiteStore", "TestSupport",
            ]),
            path: "Tests/StoreContract",
            swiftSettings: settings
        ),
        // One target, because the tests of every feature run against the composed portal in `Tests/Site/Support`.
        .testTarget(
            name: "SiteTests",
            dependencies: dependencies([
                "AccountSite", "Accounts", "Attachments", "Civic", "Configuration", "Crypto", "GRDB", "Gazetteer",
                "Geo", "HTTPTypes",
                "Hummingbird", "HummingbirdTesting", "Logging", "Mail", "MapSite", "Mustache", "NIOCore", "NIOEmbedded",
                "NIOHTTP1", "NIOPosix", "Portal", "QRCode", "SQLiteStore", "ServiceLifecycle", "SignatureSite",
                "Signatures", "SiteKit", "StaffSite",
                "TestSupport", "Tiles",
            ]),
            path: "Tests/Site",
            swiftSettings: settings
        ),
        .testTarget(
            name: "ConsoleTests",
            dependencies: dependencies(["ArgumentParser", "Console", "Geo"]),
            swiftSettings: settings
        ),
        .testTarget(name: "ArchitectureTests", swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)
