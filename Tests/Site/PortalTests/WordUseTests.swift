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
            // `words["key"]`, `words(request).text("key", …)`, `words[isOpen ? "key" : "key"]`.
            let single = source.matches(of: /\bwords(?:\(\w+\))?(?:\.text\(|\.count\(|\[)\s*"([a-z0-9_]+)"[\],]/)
            let double = source.matches(of: /\bwords(?:\(\w+\))?\[[^"\]]+\?\s*"([a-z0-9_]+)"\s*:\s*"([a-z0-9_]+)"\]/)
            for key in single.map(\.1) + double.flatMap({ [$0.1, $0.2] }) {
                count += 1
                #expect(keys.contains(String(key)), "\(path): \(key)")
            }
        }
        #expect(count > 250)
    }

    @Test("Each text is used")
    func used() throws {
        var whole: Set<String> = []
        // Keys that are put together, as what they begin with, contain and end with.
        var composed: Set<[String]> = []
        for (_, source) in try Self.sources("swift") {
            for parts in Self.literals(in: source) {
                if parts.count > 1 {
                    composed.insert(parts)
                } else {
                    whole.insert(parts[0])
                    if parts[0].hasSuffix("_") { composed.insert([parts[0], ""]) }
                    if parts[0].hasPrefix("_") { composed.insert(["", parts[0]]) }
                }
            }
        }
        composed = composed.filter { parts in parts.contains { $0.utf8.count > 2 } }
        // The map's script gets all texts of its own, so each of them must be named there.
        composed.remove(["map_", ""])
        for (_, source) in try Self.sources("mustache") {
            for match in source.matches(of: /\{\{t\.([a-z0-9_]+)\}\}/) { whole.insert(String(match.1)) }
        }
        for (_, source) in try Self.sources("js") {
            for match in source.matches(of: /[a-z0-9_]+/) { whole.insert(String(match.0)) }
        }
        for key in try keys().sorted() where !whole.contains(key) {
            #expect(composed.contains { Self.matches(key, $0) }, "\(key)")
        }
    }

    /// The string literals of a source that can be keys, each split where a value is put in.
    private static func literals(in source: String) -> [[String]] {
        let bytes = Array(source.utf8)
        var literals: [[String]] = []
        for start in bytes.indices where bytes[start] == UInt8(ascii: "\"") {
            var parts: [[UInt8]] = [[]]
            var depth = 0
            for index in bytes.indices[(start + 1)...] {
                let byte = bytes[index]
                if depth > 0 {
                    if byte == UInt8(ascii: "(") { depth += 1 }
                    if byte == UInt8(ascii: ")") { depth -= 1 }
                    if depth == 1, byte == UInt8(ascii: ")") { (depth, parts) = (0, parts + [[]]) }
                } else if byte == UInt8(ascii: "\\"), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "(") {
                    depth = 1
                } else if byte == UInt8(ascii: "\"") {
                    literals.append(parts.map { String(decoding: $0, as: UTF8.self) })
                    break
                } else if byte == UInt8(ascii: "_") || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) {
                    parts[parts.count - 1].append(byte)
                } else {
                    break
                }
            }
        }
        return literals
    }

    private static func matches(_ key: String, _ parts: [String]) -> Bool {
        var rest = key[...]
        guard let first = parts.first, let last = parts.last, rest.hasPrefix(first) else { return false }
        rest = rest.dropFirst(first.count)
        guard rest.hasSuffix(last) else { return false }
        rest = rest.dropLast(last.count)
        for part in parts.dropFirst().dropLast() {
            guard let found = rest.range(of: part) else { return false }
            rest = rest[found.upperBound...]
        }
        return true
    }

    /// The sources of the site with an ending, each with its path.
    private static func sources(_ ending: String) throws -> [(path: String, text: String)] {
        let folder = ProductFolder.url.appending(path: "Sources/Site")
        return try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix("." + ending) }
            .map { ($0, try String(contentsOf: folder.appending(path: $0), encoding: .utf8)) }
    }
}
