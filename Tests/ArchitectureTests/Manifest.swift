import Foundation

/// The declarations of Package.swift, parsed from its text: a test cannot ask the package manager, which holds the build
/// lock.
struct Manifest {
    /// A target of tests, or of what tests share.
    struct TestTarget {
        let name: String
        /// The path of its sources.
        let folder: String
        let dependencies: Set<String>
    }

    /// The Swift targets other than tests, with the dependencies of each.
    let modules: [String: Set<String>]
    let testTargets: [TestTarget]
    /// All possible dependency names: our targets and the products of packages.
    let names: Set<String>

    init(_ text: String) {
        let lines = text.split(separator: "\n")
        let start = lines.firstIndex { $0 == "    targets: [" } ?? lines.startIndex
        // Each target begins on a line indented by eight spaces.
        var targets: [String] = []
        for line in lines[start...].dropFirst() {
            if line.hasPrefix("        "), let first = line.dropFirst(8).first, first.isLetter || first == "." {
                targets.append("")
            }
            if let last = targets.indices.last { targets[last] += line + "\n" }
        }
        var modules: [String: Set<String>] = [:]
        var names = Set(
            lines[..<start].filter { $0.hasPrefix("    \"") && $0.contains("\": \"") }.map { Self.quoted($0)[0] }
        )
        var testTargets: [TestTarget] = []
        for target in targets {
            guard let name = Self.quoted(target).first else { continue }
            if target.contains("        tests(") || target.contains(".testTarget(") || target.contains("\"Tests/") {
                testTargets.append(Self.testTarget(name, target))
                if target.contains("        .target(") { names.insert(name) }
            } else {
                names.insert(name)
                if !target.contains("        c(") { modules[name] = Set(Self.dependencies(target)) }
            }
        }
        (self.modules, self.testTargets, self.names) = (modules, testTargets, names)
    }

    private static func testTarget(_ name: String, _ text: String) -> TestTarget {
        let dependencies = Set(dependencies(text))
        // `tests(.kernel, of: "Geo", …)` declares GeoTests in Tests/Kernel.
        if text.contains("        tests("), let dot = text.firstIndex(of: ".") {
            let floor = text[dot...].dropFirst().prefix(while: \.isLetter).capitalized
            return TestTarget(name: name + "Tests", folder: "Tests/\(floor)/\(name)Tests", dependencies: dependencies)
        }
        let folder = quoted(text).first { $0.hasPrefix("Tests/") } ?? "Tests/\(name)"
        return TestTarget(name: name, folder: folder, dependencies: dependencies)
    }

    private static func dependencies(_ target: String) -> [String] {
        guard let opening = target.firstRange(of: "uses: [") ?? target.firstRange(of: "dependencies([") else {
            return []
        }
        return quoted(target[opening.upperBound...].prefix { $0 != "]" })
    }

    private static func quoted(_ text: some StringProtocol) -> [String] {
        text.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
            .compactMap { $0.offset % 2 == 1 ? String($0.element) : nil }
    }
}
