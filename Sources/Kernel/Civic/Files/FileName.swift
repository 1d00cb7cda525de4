import Foundation

/// Names of files as people gave them; they never become names of files on the server.
public enum FileName {
    /// The longest name for display, Unicode scalars.
    public static let longest = 100
    /// The longest extension that is kept when a name is shortened, bytes with its dot.
    private static let longestExtension = 10

    /// The name for display of a file as a client named it.
    ///
    /// Some browsers send the whole path. Characters that are invisible or turn the direction of text could make `photo.gpj.exe`
    /// look like `photo.exe.jpg`.
    public static func forDisplay(_ sent: String) -> String {
        let last = sent.split { $0 == "/" || $0 == "\\" }.last ?? ""
        let kept = last.unicodeScalars.filter { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate: false
            default: true
            }
        }
        let name = String(String.UnicodeScalarView(kept)).precomposedStringWithCanonicalMapping
            .trimmingCharacters(in: .whitespaces)
        guard name.unicodeScalars.count > longest else { return name }
        // Keep the extension, which says what the file is.
        let ending = name.lastIndex(of: ".").map { name[$0...] } ?? ""
        // Count scalars: a character can consist of any number of them.
        let stem = String(String.UnicodeScalarView(name.unicodeScalars.prefix(longest - longestExtension - 1)))
        return stem + "…" + (ending.utf8.count <= longestExtension ? String(ending) : "")
    }

    /// A name for display whose extension is that of a format, for a file that is offered for download.
    ///
    /// - Parameter fallback: what the file is called when nothing of the sent name is left.
    public static func forDownload(_ sent: String, _ format: FileFormat, fallback: String) -> String {
        let name = forDisplay(sent)
        let dot = name.lastIndex(of: ".") ?? name.endIndex
        let ending = name[dot...].dropFirst().lowercased()
        if format.extensions.contains(ending), dot > name.startIndex { return name }
        // Only an extension that people know is replaced: the dot may as well belong to a date.
        let isExtension = FileFormat.allCases.contains { $0.extensions.contains(ending) }
        let stem = (isExtension ? name[..<dot] : name[...]).drop { $0 == "." }
        let bounded = String(String.UnicodeScalarView(stem.unicodeScalars.prefix(longest - longestExtension)))
        return (bounded.isEmpty ? fallback : bounded) + "." + (format.extensions.first ?? format.rawValue)
    }
}
