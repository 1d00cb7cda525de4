import Civic
import Foundation
import TestSupport
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite("Use of the interface texts")
struct WordUseTests {
    private func keys() throws -> Set<String> { try Strings(.kk, folders: try TestPortal.resources("Locale")).keys }

    @Test("Each text that the code names exists")
    func named() throws {
        let keys = try keys()
        var count = 0
        for (path, source) in try Self.sources("swift") {
            for match in source.matches(of: /\bwords(?:\.text\(|\.count\(|\[)\s*"([a-z0-9_]+)"[\],]/) {
                count += 1
                #expect(keys.contains(String(match.1)), "\(path): \(match.1)")
            }
        }
        #expect(count > 200)
    }

    @Test("Each text is used")
    func used() throws {
        // Keys as they are written, and the beginnings and ends of keys that are put together.
        var (whole, beginnings, ends): (Set<Substring>, Set<Substring>, Set<Substring>) = ([], [], [])
        for (_, source) in try Self.sources("swift") {
            for match in source.matches(of: /"([a-z0-9_]+)"/) {
                whole.insert(match.1)
                if match.1.hasSuffix("_") { beginnings.insert(match.1) }
            }
            for match in source.matches(of: /"([a-z0-9_]+_)\\\(/) { beginnings.insert(match.1) }
            for match in source.matches(of: /\)(_[a-z0-9_]+)"/) { ends.insert(match.1) }
        }
        // The map's script gets all texts of its own, so each of them must be named there.
        beginnings.remove("map_")
        for (_, source) in try Self.sources("mustache") {
            for match in source.matches(of: /\{\{t\.([a-z0-9_]+)\}\}/) { whole.insert(match.1) }
        }
        for (_, source) in try Self.sources("js") {
            for match in source.matches(of: /[a-z0-9_]+/) { whole.insert(match.0) }
        }
        for key in try keys().sorted() {
            let isUsed =
                whole.contains(key[...]) || beginnings.contains { key.hasPrefix($0) }
                || ends.contains { key.hasSuffix($0) }
            #expect(isUsed, "\(key)")
        }
    }

    /// The sources of the site with an ending, each with its path.
    private static func sources(_ ending: String) throws -> [(path: String, text: String)] {
        let folder = ProductFolder.url.appending(path: "Sources/Site")
        return try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix("." + ending) }
            .map { ($0, try String(contentsOf: folder.appending(path: $0), encoding: .utf8)) }
    }
}
