package import Civic

/// The page to return to after signing in: always a path of this site.
package struct ReturnPath: Sendable, Equatable {
    /// The path with its query, beginning with a single slash.
    package let text: String

    /// The longest accepted path, bytes.
    private static let longest = 2_000

    /// Accepts a path; nil when it could lead to another site: `//host`, a backslash, a scheme, control characters.
    package init?(_ text: String?) {
        guard let text, text.utf8.count <= Self.longest, text.utf8.first == UInt8(ascii: "/") else { return nil }
        // Browsers read a backslash as a slash, and strip tabs and line breaks before parsing a URL.
        let second = text.utf8.dropFirst().first
        guard second != UInt8(ascii: "/"), second != UInt8(ascii: "\\") else { return nil }
        let isPlain = text.utf8.allSatisfy { byte in
            byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "\\") && byte != UInt8(ascii: "\"")
        }
        guard isPlain else { return nil }
        // Returning to a page that begins or ends a session would make a loop.
        let path = text.prefix { $0 != "?" && $0 != "#" }
        guard PathForm(String(path)) != .refused else { return nil }
        guard !["/auth/", "/language/"].contains(where: path.hasPrefix) else { return nil }
        self.text = text
    }

    /// The same page in another language, if it is a page for people.
    package func address(in language: Language) -> String {
        let rest = text.dropFirst()
        let first = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard Language(rawValue: String(first)) != nil else { return text }
        let tail = rest.dropFirst(first.count)
        return "/" + language.rawValue + (tail.hasPrefix("/") ? "" : "/") + tail
    }
}
