import AtomicFile
import Foundation

/// Writes rows as CSV (RFC 4180) to the standard output or to a file, in blocks.
///
/// A file takes its name only when it is whole: an interrupted run leaves the old one.
struct GeocodeFileWriter {
    private static let block = 65_536

    private let handle: FileHandle
    private let file: AtomicFile?
    private var waiting = Data()

    /// - Parameters:
    ///   - path: the file; nil for the standard output.
    ///   - mark: whether to begin with a byte order mark.
    /// - Throws: when the file cannot be made.
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

    /// Writes what is left and gives the file its name.
    mutating func finish() throws {
        try flush()
        try file?.commit()
    }

    /// Takes an unfinished file away.
    func abandon() { file?.discard() }

    private mutating func flush() throws {
        try handle.write(contentsOf: waiting)
        waiting = Data()
    }

    // By scalars: CR LF is one character in Swift, and a quote may bear an accent.
    private static func field(_ value: String) -> String {
        let special: Set<Unicode.Scalar> = [",", "\"", "\n", "\r"]
        guard value.unicodeScalars.contains(where: special.contains) else { return value }
        var quoted = String.UnicodeScalarView()
        for scalar in value.unicodeScalars { quoted += scalar == "\"" ? ["\"", "\""] : [scalar] }
        return "\"\(quoted)\""
    }
}
