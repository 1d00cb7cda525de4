import Foundation
import TestSupport
import Testing

/// The recorded HTML of a page, in `Tests/Snapshots`.
///
/// With `UPDATE_SNAPSHOTS=1` in the environment, tests record what they get instead of comparing; look at the difference in
/// version control before committing it.
struct PageSnapshot {
    private static let folder = ProductFolder.url.appending(path: "Tests/Snapshots")

    /// The name of the file without its ending.
    let name: String

    /// Compares a page with its record, from `<main>` to `</main>` unless the whole page is wanted.
    func check(_ html: String, isWhole: Bool = false, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let text = Self.stable(isWhole ? html : try Self.main(of: html))
        let file = Self.folder.appending(path: name + ".html")
        if ProcessInfo.processInfo.environment["UPDATE_SNAPSHOTS"] != nil {
            try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
            return try Data(text.utf8).write(to: file)
        }
        let recorded = try #require(
            try? String(contentsOf: file, encoding: .utf8),
            "\(name) is not recorded: run the tests with UPDATE_SNAPSHOTS=1",
            sourceLocation: sourceLocation
        )
        let difference = zip(recorded.split(separator: "\n"), text.split(separator: "\n")).first { $0 != $1 }
        #expect(
            recorded == text,
            "\(name): recorded \(difference?.0 ?? "…"), now \(difference?.1 ?? "…")",
            sourceLocation: sourceLocation
        )
    }

    private static func main(of html: String) throws -> String {
        let start = try #require(html.range(of: "<main"))
        let end = try #require(html.range(of: "</main>"))
        return String(html[start.lowerBound..<end.upperBound]) + "\n"
    }

    /// The page without what differs from build to build and from minute to minute, and without the texts of the map's script.
    private static func stable(_ html: String) -> String {
        html.replacing(/\?v=[0-9a-f]{16}/, with: "?v=…")
            .replacing(/(?s)<p class="open-state.*?<\/table>/, with: "<p>…</p>")
            .replacing(/(?s)"strings":\{.*?\}<\/script>/, with: "\"strings\":…</script>")
            .replacing(/name="csrf" value="[^"]*"/, with: "name=\"csrf\" value=\"…\"")
    }
}
