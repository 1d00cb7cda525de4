import Foundation

/// The product's sources as the architecture tests see them.
struct SourceTree {
    /// A Swift file.
    struct Source {
        /// The path relative to `Sources`.
        let path: String
        /// The first folder of the path.
        let floor: String
        /// The target that the file belongs to.
        let module: String
        let text: String

        /// The modules that the file imports.
        var imports: Set<String> {
            Set(
                text.split(separator: "\n").compactMap { line in
                    let words = line.split(separator: " ")
                    guard let index = words.firstIndex(of: "import"), index <= 2, index + 1 < words.count,
                        words[..<index].allSatisfy({ Self.modifiers.contains($0) })
                    else { return nil }
                    return String(words[index + 1].prefix { $0 != "." })
                }
            )
        }

        /// The number of lines, including empty ones, without text after the last line break.
        var lines: Int { text.utf8.count { $0 == UInt8(ascii: "\n") } }

        private static let modifiers: Set<Substring> = [
            "public", "package", "internal", "private", "fileprivate", "@testable", "@preconcurrency", "@_exported",
        ]
    }

    private let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Folders that are a target as a whole; in all others each subfolder is one.
    private static let whole = ["Console": "Console", "openalmaty": "openalmaty", "Tools": "openalmaty-tools"]

    func text(of path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// All Swift files.
    func sources() throws -> [Source] {
        let folder = root.appending(path: "Sources")
        return try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }.map {
            let parts = $0.split(separator: "/").map(String.init)
            return Source(
                path: $0,
                floor: parts[0],
                module: Self.whole[parts[0]] ?? parts[1],
                text: try text(of: "Sources/\($0)")
            )
        }
    }

    /// The Swift files below a folder of the repository, whatever target they belong to, with paths from the root.
    func files(in folder: String) throws -> [Source] {
        let path = root.appending(path: folder).path
        return try FileManager.default.subpathsOfDirectory(atPath: path).filter { $0.hasSuffix(".swift") }.map {
            Source(path: "\(folder)/\($0)", floor: "", module: "", text: try text(of: "\(folder)/\($0)"))
        }
    }

    /// The number of lines of each file below a folder whose name has one of the endings.
    func lineCounts(in folder: String, endings: [String]) throws -> [String: Int] {
        let path = root.appending(path: folder).path
        let files = try FileManager.default.subpathsOfDirectory(atPath: path).filter { file in
            endings.contains { file.hasSuffix($0) } && !file.contains("__pycache__")
        }
        return try files.reduce(into: [:]) { counts, file in
            counts["\(folder)/\(file)"] = try text(of: "\(folder)/\(file)").utf8.count { $0 == UInt8(ascii: "\n") }
        }
    }

    /// The floor of each module, including those in C.
    func floors() throws -> [String: String] {
        let folder = root.appending(path: "Sources")
        var floors: [String: String] = [:]
        for floor in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            if let module = Self.whole[floor] {
                floors[module] = floor
                continue
            }
            for module in try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: floor).path) {
                floors[module] = floor
            }
        }
        return floors
    }

    /// The union of the imports of each module's files.
    func imports() throws -> [String: Set<String>] {
        try sources().reduce(into: [:]) { $0[$1.module, default: []].formUnion($1.imports) }
    }
}
