import Foundation
import Testing

/// Enforces docs/architecture.md: modules import only lower floors, and the manifest declares exactly what the sources
/// import.
@Suite struct LayerTests {
    private let tree = SourceTree()

    /// The floors, each with the floors that it may import besides modules beside it.
    private static let below: [String: Set<String>] = [
        "Kernel": [],
        "Domains": ["Kernel"],
        "Intake": ["Domains", "Kernel"],
        "Stores": ["Domains", "Kernel"],
        "Site": ["Domains", "Kernel"],
        "Console": ["Domains", "Intake", "Kernel", "Site", "Stores"],
        "openalmaty": ["Console", "Domains", "Intake", "Kernel", "Site", "Stores"],
        "Tools": ["Console", "Domains", "Intake", "Kernel", "Site", "Stores"],
    ]

    /// Modules of one floor that may import each other; all others on a floor are independent.
    private static let beside: [String: Set<String>] = [
        "Civic": ["AtomicFile", "CSodium"], "Gzip": ["CZlib"], "QRCode": ["CQRencode"],
        "AppealImport": ["CityImport"], "StreetDerivation": ["CityImport"],
        "MapSite": ["SiteKit"], "AccountSite": ["SiteKit"], "StaffSite": ["SiteKit"],
        "SignatureSite": ["SiteKit"], "SampleSite": ["SignatureSite", "SiteKit"],
        "Portal": ["AccountSite", "MapSite", "SampleSite", "SignatureSite", "SiteKit", "StaffSite"],
    ]

    @Test("Imports point to a lower floor, or to an explicitly allowed module of the same floor")
    func importsPointDown() throws {
        let floors = try tree.floors()
        for source in try tree.sources() {
            let lower = try #require(Self.below[source.floor], "\(source.floor) is no floor")
            for name in source.imports {
                guard let floor = floors[name], name != source.module else { continue }
                let isAllowed = lower.contains(floor) || Self.beside[source.module]?.contains(name) == true
                #expect(isAllowed, "\(source.path) imports \(name) of \(floor)")
            }
        }
    }

    @Test("The manifest declares exactly what the sources of a module import")
    func manifestIsExact() throws {
        let manifest = Manifest(try tree.text(of: "Package.swift"))
        let imports = try tree.imports()
        #expect(manifest.modules.count > 15)
        for (module, declared) in manifest.modules {
            let used = (imports[module] ?? []).intersection(manifest.names).subtracting([module])
            #expect(declared.subtracting(used).isEmpty, "\(module) declares and does not import")
            #expect(used.subtracting(declared).isEmpty, "\(module) imports and does not declare")
        }
        #expect(Set(imports.keys).subtracting(manifest.modules.keys).isEmpty)
    }

    @Test("Packages are pinned to exact versions, so that builds are reproducible")
    func packagesArePinned() throws {
        let packages = try tree.text(of: "Package.swift").split(separator: "\n").filter { $0.contains(".package(url:") }
        #expect(packages.count > 10)
        for package in packages { #expect(package.contains("\", exact: \""), "\(package)") }
    }

    @Test func geoStandsOnTheStandardLibrary() throws {
        for source in try tree.sources() where source.module == "Geo" {
            #expect(source.imports.isSubset(of: ["Glibc", "Darwin", "Musl"]), "\(source.path)")
        }
    }

    @Test func sqlStandsInTheStoresAlone() throws {
        let sql = try Regex(#"\b(SELECT .+ FROM|INSERT INTO|UPDATE \w+ SET|DELETE FROM|CREATE TABLE|PRAGMA)\b"#)
        for source in try tree.sources() where source.floor != "Stores" {
            #expect(source.text.firstMatch(of: sql) == nil, "\(source.path) writes SQL")
            #expect(!source.imports.contains("GRDB") || source.path == "Console/OpenedPortal.swift", "\(source.path)")
        }
    }

    @Test("Source files are neither too long nor too short")
    func filesAreOfASize() throws {
        for source in try tree.sources() {
            #expect((15...400).contains(source.lines), "\(source.path) has \(source.lines) lines")
        }
    }
}
