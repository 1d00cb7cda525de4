package import Foundation

/// Reads templates from their folder.
package enum TemplateSource {
    /// The text of each template in a folder and its subfolders, by its name: the path without its extension.
    ///
    /// - Throws: `SiteError.unreadableTemplate`.
    package static func texts(in folder: URL) throws(SiteError) -> [String: String] {
        let ending = ".mustache"
        guard FileManager.default.fileExists(atPath: folder.path) else { return [:] }
        do {
            var texts: [String: String] = [:]
            for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path) where path.hasSuffix(ending) {
                let text = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
                texts[String(path.dropLast(ending.count))] = text
            }
            return texts
        } catch {
            throw .unreadableTemplate("\(error)")
        }
    }
}
