import Foundation
import Testing

/// Holds the layer rule of docs/architecture.md: arrows point down, domains do not import each other, SQL stays in the
/// store, and Geo stands on the standard library alone.
@Suite struct LayerTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// What each module of ours may import of ours.
    private static let allowed: [String: Set<String>] = [
        "Geo": [],
        "Gazetteer": ["Geo"],
        "Ingest": ["Geo", "Gazetteer"],
        "SpatiaLiteStore": ["Accounts", "CSpatiaLite", "Geo", "Gazetteer", "Mail"],
        "AtomicFile": [],
        "Gzip": ["CZlib"],
        "QRCode": ["CQRencode"],
        "Mail": ["AtomicFile", "CCurl"],
        "Captcha": [],
        "OpenIDConnect": [],
        "Accounts": ["AtomicFile", "CSodium", "Mail"],
        "Tiles": ["Geo"],
        "Web": [
            "Accounts", "CAffinity", "Captcha", "Geo", "Gazetteer", "Gzip", "Ingest", "Mail", "OpenIDConnect",
            "QRCode", "SpatiaLiteStore", "Tiles",
        ],
        "openalmaty": [
            "Accounts", "AtomicFile", "Geo", "Gazetteer", "Gzip", "Ingest", "Mail", "OpenIDConnect", "SpatiaLiteStore",
            "Tiles",
            "Web",
        ],
    ]

    private static let own = Set(allowed.keys).union([
        "CAffinity", "CCurl", "CQRencode", "CSodium", "CSpatiaLite", "CZlib",
    ])

    private struct Source {
        let module: String
        let name: String
        let text: String

        var imports: [String] {
            text.split(separator: "\n").compactMap { line in
                let words = line.split(separator: " ")
                guard let index = words.firstIndex(of: "import"), index <= 2, index + 1 < words.count else {
                    return nil
                }
                return String(words[index + 1].prefix { $0 != "." })
            }
        }
    }

    private static func sources() throws -> [Source] {
        let folder = root.appending(path: "Sources")
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }
        return try names.map { name in
            Source(
                module: String(name.prefix { $0 != "/" }),
                name: name,
                text: try String(contentsOf: folder.appending(path: name), encoding: .utf8)
            )
        }
    }

    @Test func importsPointDown() throws {
        let sources = try Self.sources()
        #expect(sources.count > 50)
        for source in sources {
            let allowed = try #require(Self.allowed[source.module], "\(source.module) is not in the layer table")
            let wrong = Set(source.imports).intersection(Self.own).subtracting(allowed)
            #expect(wrong.isEmpty, "\(source.name) imports \(wrong.sorted())")
        }
    }

    @Test func theManifestSaysTheSame() throws {
        let manifest = try String(contentsOf: Self.root.appending(path: "Package.swift"), encoding: .utf8)
        for (module, allowed) in Self.allowed {
            let target = try #require(
                manifest.range(of: "name: \"\(module)\",\n") ?? manifest.range(of: "name: \"\(module)\", dep")
                    ?? manifest.range(of: "name: \"\(module)\", swift")
            )
            let rest = manifest[target.upperBound...]
            let end = rest.range(of: "name: \"")?.lowerBound ?? rest.endIndex
            let clause = String(rest[..<end])
            let named = Self.own.filter { clause.contains("\"\($0)\"") }
            #expect(named.isSubset(of: allowed), "\(module) depends on \(named.subtracting(allowed).sorted())")
        }
    }

    @Test("Packages are pinned to exact versions, so that builds are reproducible")
    func packagesArePinned() throws {
        let manifest = try String(contentsOf: Self.root.appending(path: "Package.swift"), encoding: .utf8)
        let packages = manifest.split(separator: "\n").filter { $0.contains(".package(url:") }
        #expect(packages.count > 10)
        for package in packages { #expect(package.contains("\", exact: \""), "\(package)") }
    }

    @Test func geoStandsOnTheStandardLibrary() throws {
        for source in try Self.sources() where source.module == "Geo" {
            #expect(Set(source.imports).isSubset(of: ["Glibc", "Darwin", "Musl"]), "\(source.name)")
        }
    }

    @Test func sqlStandsInTheStoreAlone() throws {
        let sql = try Regex(#"\b(SELECT .+ FROM|INSERT INTO|UPDATE \w+ SET|DELETE FROM|CREATE TABLE|PRAGMA)\b"#)
        for source in try Self.sources() where source.module != "SpatiaLiteStore" {
            #expect(source.text.firstMatch(of: sql) == nil, "\(source.name) writes SQL")
            #expect(!source.imports.contains("GRDB") || source.name == "openalmaty/OpenedCity.swift", "\(source.name)")
        }
    }

    @Test func filesStayShort() throws {
        for source in try Self.sources() {
            let lines = source.text.split(separator: "\n", omittingEmptySubsequences: false).count
            #expect(lines <= 400, "\(source.name) has \(lines) lines")
        }
    }
}
