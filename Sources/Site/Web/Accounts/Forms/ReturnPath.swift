import Gazetteer

/// Where to go after signing in: a path of this site and nothing else.
struct ReturnPath: Sendable, Equatable {
    /// The path with its query, beginning with one slash.
    let text: String

    /// The longest path that is taken, bytes.
    private static let longest = 2_000

    /// Takes a path; nil when it could lead elsewhere: `//host`, a backslash, a scheme, control characters.
    init?(_ text: String?) {
        guard let text, text.utf8.count <= Self.longest, text.utf8.first == UInt8(ascii: "/") else { return nil }
        // Browsers read a backslash as a slash, and drop tabs and line ends before they read an address.
        let second = text.utf8.dropFirst().first
        guard second != UInt8(ascii: "/"), second != UInt8(ascii: "\\") else { return nil }
        let isPlain = text.utf8.allSatisfy { byte in
            byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "\\") && byte != UInt8(ascii: "\"")
        }
        guard isPlain else { return nil }
        // What begins or ends a session leads in a circle.
        let path = text.prefix { $0 != "?" && $0 != "#" }
        guard PathReading(String(path)) != .refused else { return nil }
        guard !["/auth/", "/language/"].contains(where: path.hasPrefix) else { return nil }
        self.text = text
    }

    /// The same page in another language, when it is a page for people.
    func address(in language: Language) -> String {
        let rest = text.dropFirst()
        let first = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard Language(rawValue: String(first)) != nil else { return text }
        let tail = rest.dropFirst(first.count)
        return "/" + language.rawValue + (tail.hasPrefix("/") ? "" : "/") + tail
    }
}
