/// The declarations of Package.swift, parsed from its text: a test cannot ask the package manager, which holds the build
/// lock.
struct Manifest {
    /// The Swift targets other than tests, with the dependencies of each.
    let modules: [String: Set<String>]
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
        for target in targets where !target.contains("tests(") && !target.contains(".testTarget(") {
            guard let name = Self.quoted(target).first, name != "TestSupport" else { continue }
            names.insert(name)
            if !target.contains("        c(") { modules[name] = Set(Self.dependencies(target)) }
        }
        (self.modules, self.names) = (modules, names)
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
