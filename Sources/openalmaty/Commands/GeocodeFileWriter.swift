import AtomicFile
import Foundation

/// Writes rows as CSV (RFC 4180) to the standard output or to a file, in blocks.
///
/// The file gets its name only once complete, so an interrupted run leaves the old file in place.
struct GeocodeFileWriter {
    private static let block = 65_536

    private let handle: FileHandle
    private let file: AtomicFile?
    private var waiting = Data()

    /// - Parameters:
    ///   - path: the file; nil for the standard output.
    ///   - mark: whether to begin with a byte order mark.
    /// - Throws: when the file cannot be created.
    init(_ path: String?, mark: Bool) throws {
        file = try path.map { try AtomicFile(URL(filePath: $0)) }
        handle = file?.handle ?? .standardOutput
        if mark { waiting += [0xEF, 0xBB, 0xBF] }
    }

    /// Writes a row.
    mutating func write(_ values: [String]) throws {
        waiting += Data((values.map(Self.field).joined(separator: ",") + "\n").utf8)
        if waiting.count >= Self.block { try flush() }
    }

    /// Writes the remaining rows and gives the file its name.
    mutating func finish() throws {
        try flush()
        try file?.commit()
    }

    /// Deletes the unfinished file.
    func abandon() { file?.discard() }

    private mutating func flush() throws {
        try handle.write(contentsOf: waiting)
        waiting = Data()
    }

    // Works on scalars: CR LF is one character in Swift, and a quote can carry a combining accent.
    private static func field(_ value: String) -> String {
        let special: Set<Unicode.Scalar> = [",", "\"", "\n", "\r"]
        guard value.unicodeScalars.contains(where: special.contains) else { return value }
        var quoted = String.UnicodeScalarView()
        for scalar in value.unicodeScalars { quoted += scalar == "\"" ? ["\"", "\""] : [scalar] }
        return "\"\(quoted)\""
    }
}
