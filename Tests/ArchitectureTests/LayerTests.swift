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
        "Tools": ["Console", "Domains", "Intake", "Kernel", "Site"],
    ]

    /// Modules of one floor that may import each other; all others on a floor are independent.
    ///
    /// The features of the site need no entry: each may import SiteKit, and the portal imports all of them.
    private static let beside: [String: Set<String>] = [
        "Civic": ["AtomicFile", "CSodium"], "Gzip": ["CZlib"], "QRCode": ["CQRencode"],
        "AppealImport": ["CityImport"], "StreetDerivation": ["CityImport"],
        // A part of forms that several features use.
        "SampleSite": ["SignatureSite"],
    ]

    /// The modules of the same floor that a module may import.
    private static func siblings(of module: String, in floors: [String: String]) -> Set<String> {
        guard floors[module] == "Site" else { return beside[module] ?? [] }
        let features = Set(floors.filter { $0.value == "Site" && $0.key.hasSuffix("Site") }.keys)
        if features.contains(module) { return Set(["SiteKit"]).union(beside[module] ?? []) }
        return module == "Portal" ? features.union(["SiteKit"]) : []
    }

    @Test("Imports point to a lower floor, or to an explicitly allowed module of the same floor")
    func importsPointDown() throws {
        let floors = try tree.floors()
        for source in try tree.sources() {
            let lower = try #require(Self.below[source.floor], "\(source.floor) is no floor")
            let beside = Self.siblings(of: source.module, in: floors)
            for name in source.imports {
                guard let floor = floors[name], name != source.module else { continue }
                let isAllowed = lower.contains(floor) || beside.contains(name)
                #expect(isAllowed, "\(source.path) imports \(name) of \(floor)")
            }
        }
    }

    @Test("What the lists of allowed imports name exists and is imported")
    func listsAreExact() throws {
        let (floors, imports, sources) = (try tree.floors(), try tree.imports(), try tree.sources())
        for (module, names) in Self.beside {
            #expect(names.subtracting(imports[module] ?? []).isEmpty, "\(module) does not import these")
            for name in names { #expect(floors[name] == floors[module], "\(name) is not beside \(module)") }
        }
        #expect(Set(Self.below.keys) == Set(floors.values))
        for (floor, lower) in Self.below {
            let used = Set(sources.filter { $0.floor == floor }.flatMap(\.imports).compactMap { floors[$0] })
            #expect(lower.subtracting(used).isEmpty, "\(floor) imports nothing of these floors")
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

    @Test("The manifest declares exactly what the sources of a test target import")
    func testsAreExact() throws {
        let manifest = Manifest(try tree.text(of: "Package.swift"))
        #expect(manifest.testTargets.count > 15)
        var seen: Set<String> = []
        for target in manifest.testTargets {
            let files = try tree.files(in: target.folder)
            #expect(!files.isEmpty, "\(target.folder)")
            seen.formUnion(files.map(\.path))
            let used = files.reduce(into: Set<String>()) { $0.formUnion($1.imports) }.intersection(manifest.names)
            #expect(target.dependencies.subtracting(used).isEmpty, "\(target.name) declares and does not import")
            #expect(used.subtracting(target.dependencies).isEmpty, "\(target.name) imports and does not declare")
        }
        #expect(try Set(tree.files(in: "Tests").map(\.path)) == seen, "files that belong to no target")
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

    @Test("Source and test files are neither too long nor too short")
    func filesAreOfASize() throws {
        for source in try tree.sources() + tree.files(in: "Tests") {
            #expect((15...400).contains(source.lines), "\(source.path) has \(source.lines) lines")
        }
    }

    /// Scripts that may be shorter, each with the reason.
    private static let short = [
        "Sources/Site/MapSite/Resources/Public/search.js":
            "loaded by every page with a search box, and shared with no other script",
        "Sources/Site/AccountSite/Resources/Public/captcha.js":
            "loaded by the forms with a captcha, and shared with no other script",
        "Sources/Site/MapSite/Resources/Public/map-words.js":
            "imported by several scripts of the map, which must not import each other",
    ]

    @Test("Python tests are not too long, and scripts of pages are neither too long nor too short")
    func scriptsAreOfASize() throws {
        let python = try tree.lineCounts(in: "Tests/Python", endings: [".py"])
        #expect(python.count > 30)
        for (path, lines) in python { #expect(lines <= 400, "\(path) has \(lines) lines") }
        let scripts = try tree.lineCounts(in: "Sources", endings: [".js"])
        #expect(scripts.count > 10)
        for (path, lines) in scripts {
            #expect(lines <= 400 && (lines < 15) == (Self.short[path] != nil), "\(path) has \(lines) lines")
        }
        #expect(Set(Self.short.keys).isSubset(of: scripts.keys), "a short script of the list does not exist")
    }
}
