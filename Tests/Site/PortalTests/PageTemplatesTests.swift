import Civic
import Foundation
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite("Templates of pages")
struct PageTemplatesTests {
    private func source(_ text: String) -> TemplateSource { TemplateSource(name: "page", text: text) }

    /// A template with its texts and links filled in, without the line that selects the escaping.
    private func filled(_ text: String, words: [String: String] = [:], site: [String: String] = [:]) throws -> String {
        let filled = try source(text).filled(words: words, site: site)
        let first = try #require(filled.firstIndex(of: "\n"))
        return String(filled[filled.index(after: first)...])
    }

    /// Renders templates from a folder of their own, in Russian.
    private func rendered(_ templates: [String: String], _ context: PageContext = [:]) throws -> String? {
        let folder = FileManager.default.temporaryDirectory.appending(path: "templates-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in templates {
            let url = folder.appending(path: name + ".mustache")
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(text.utf8).write(to: url)
        }
        let strings = try StringCatalogue(folders: try TestPortal.resources("Locale"))
        return try PageTemplates(
            folders: [folder],
            strings: strings,
            site: { ["lang": $0.rawValue] },
            foot: { ["name": $0.language.rawValue + " & <co>"] }
        )
        .render("page", context, in: .ru)
    }

    @Test("Texts and links are filled in and escaped; everything else is left for each page")
    func fills() throws {
        let text = "<p>{{t.yes}} {{site.css}} {{other}} {{#t_list}}{{.t}}{{/t_list}} {{{raw}}}</p>\n"
        let filled = try filled(text, words: ["yes": "«да» & <b>"], site: ["css": "/a?b=\"c\""])
        let other = "{{other}} {{#t_list}}{{.t}}{{/t_list}} {{{raw}}}"
        #expect(filled == "<p>«да» &amp; &lt;b&gt; /a?b=&quot;c&quot; \(other)</p>\n")
    }

    @Test("An unknown text or link is reported when the server starts", arguments: ["{{t.no}}", "{{site.no}}"])
    func missing(tag: String) {
        #expect(throws: SiteError.self) { try source(tag).filled(words: ["yes": "да"], site: [:]) }
    }

    @Test("Only partials lose their indentation")
    func indentation() throws {
        #expect(
            try filled("<ul>\n  \t{{> item}}\n    <li>{{x}}</li>\na {{> item}}")
                == "<ul>\n{{> item}}\n    <li>{{x}}</li>\na {{> item}}"
        )
    }

    @Test("Values are escaped in pages, partials, sections, blocks and their defaults")
    func escapes() throws {
        let text = try rendered(
            [
                "frame": "{{$title}}{{v}}{{/title}}|{{$body}}{{/body}}",
                "part": "{{v}}",
                "page": "{{<frame}}{{$body}}{{v}}|{{> part}}|{{#list}}{{.}}{{/list}}|{{{v}}}{{/body}}{{/frame}}",
            ],
            ["v": "<'\"&>", "list": ["<i>"]]
        )
        let safe = "&lt;&#39;&quot;&amp;&gt;"
        #expect(text == "\(safe)|\(safe)|\(safe)|&lt;i&gt;|<'\"&>")
    }

    @Test("The footer is rendered once for each language and not filled again")
    func foot() throws {
        let text = try rendered(["foot/line": "{{name}}", "page": "{{name}}{{> foot/line}}"], ["name": "page "])
        #expect(text == "page ru &amp; &lt;co&gt;")
    }
}
