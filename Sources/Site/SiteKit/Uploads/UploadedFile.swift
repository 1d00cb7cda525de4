package import Foundation

/// A file that came with a form; it is deleted when the request ends unless it is moved away.
package struct UploadedFile: Sendable, Equatable {
    /// The name of its field.
    package let field: String
    /// The name for display: never a path, and without invisible characters.
    ///
    /// It must not become the name of a file on the server.
    package let name: String
    /// The format by its content.
    package let format: FileFormat
    /// The size, bytes.
    package let size: Int
    /// Where it is until the request ends.
    package let url: URL

    /// The longest name for display, Unicode scalars.
    static let longestName = 100

    /// Moves the file to a place where it stays, after writing it to the disk.
    ///
    /// - Throws: an error of the file system.
    package func move(to target: URL) throws {
        let handle = try FileHandle(forUpdating: url)
        try handle.synchronize()
        try handle.close()
        try FileManager.default.moveItem(at: url, to: target)
    }

    /// The name for display of a file as a client named it.
    ///
    /// Some browsers send the whole path. Characters that are invisible or turn the direction of text could make `photo.gpj.exe`
    /// look like `photo.exe.jpg`.
    static func displayName(_ sent: String) -> String {
        let last = sent.split { $0 == "/" || $0 == "\\" }.last ?? ""
        let kept = last.unicodeScalars.filter { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate: false
            default: true
            }
        }
        let name = String(String.UnicodeScalarView(kept)).precomposedStringWithCanonicalMapping.trimmingWhitespace
        guard name.unicodeScalars.count > longestName else { return name }
        // Keep the extension, which says what the file is.
        let ending = name.lastIndex(of: ".").map { name[$0...] } ?? ""
        // Count scalars: a character can consist of any number of them.
        let stem = String(String.UnicodeScalarView(name.unicodeScalars.prefix(longestName - 11)))
        return stem + "…" + (ending.utf8.count <= 10 ? String(ending) : "")
    }
}
