package import Foundation

/// The source text of one template.
package struct TemplateSource {
    package let name: String
    package let text: String

    /// All templates of a folder except those of mails.
    ///
    /// - Throws: `SiteError.unreadableTemplate`.
    package static func all(in folder: URL) throws(SiteError) -> [TemplateSource] {
        let ending = ".mustache"
        do {
            return try FileManager.default.subpathsOfDirectory(atPath: folder.path)
                .filter { $0.hasSuffix(ending) && !$0.hasPrefix("mail/") }
                .map { path in
                    let text = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
                    return TemplateSource(name: String(path.dropLast(ending.count)), text: text)
                }
        } catch {
            throw .unreadableTemplate("\(error)")
        }
    }

    /// The text to compile: escaped by `PageText`, with its texts and links filled in.
    ///
    /// Partials lose their indentation, which would otherwise be added to each of their lines on every page and is not
    /// visible in HTML.
    ///
    /// - Throws: `SiteError.unreadableTemplate` for an unknown text key.
    package func filled(words: [String: String], site: [String: String]) throws(SiteError) -> String {
        var result = "{{% CONTENT_TYPE:\(PageText.name)}}\n"
        var parts = text.components(separatedBy: "{{")[...]
        result += parts.removeFirst()
        for part in parts {
            let tag = part.prefix { $0 != "}" }
            let rest = part.dropFirst(tag.count)
            if tag.hasPrefix(">") { result = Self.withoutIndentation(result) }
            guard rest.hasPrefix("}}"), let value = try value(of: tag, words, site) else {
                result += "{{" + part
                continue
            }
            result += HTML.escaped(value) + rest.dropFirst(2)
        }
        return result
    }

    private func value(
        of tag: Substring,
        _ words: [String: String],
        _ site: [String: String]
    ) throws(SiteError) -> String? {
        for (prefix, values) in [("t.", words), ("site.", site)] where tag.hasPrefix(prefix) {
            guard let value = values[String(tag.dropFirst(prefix.count))] else {
                throw .unreadableTemplate("\(name) asks for \(tag), which is not there")
            }
            return value
        }
        return nil
    }

    private static func withoutIndentation(_ text: String) -> String {
        let end = text.lastIndex { $0 != " " && $0 != "\t" }
        guard let end, text[end].isNewline else { return text }
        return String(text[...end])
    }
}
