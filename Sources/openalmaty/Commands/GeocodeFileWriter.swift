import Foundation

/// Writes rows as CSV (RFC 4180) to the standard output or to a file, in blocks.
///
/// A file takes its name only when it is whole: an interrupted run leaves the old one.
struct GeocodeFileWriter {
    private static let block = 65_536

    private let handle: FileHandle
    private let files: (partial: URL, whole: URL)?
    private var waiting = Data()

    /// - Parameters:
    ///   - path: the file; nil for the standard output.
    ///   - mark: whether to begin with a byte order mark.
    /// - Throws: when the file cannot be made.
    init(_ path: String?, mark: Bool) throws {
        if let path {
            let whole = URL(filePath: path)
            let name = ".\(whole.lastPathComponent).\(ProcessInfo.processInfo.processIdentifier).part"
            let partial = whole.deletingLastPathComponent().appending(path: name)
            try Data().write(to: partial)
            handle = try FileHandle(forWritingTo: partial)
            files = (partial, whole)
        } else {
            handle = .standardOutput
            files = nil
        }
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
        guard let files else { return }
        try handle.close()
        // The one step that replaces a file that is there and cannot be seen half done.
        guard rename(files.partial.path, files.whole.path) == 0 else {
            throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: files.whole.path])
        }
    }

    /// Takes an unfinished file away.
    func abandon() {
        if let files { try? FileManager.default.removeItem(at: files.partial) }
    }

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
