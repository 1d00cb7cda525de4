import Foundation
import Mustache
import NIOCore
import TestSupport
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

/// Compares our renderer with swift-mustache on random templates and values.
@Suite("Templates: the same as swift-mustache")
struct TemplateOracleTests {
    struct Part: Codable {
        var text: String
        var mark: String?

        var context: [String: Any] { ["text": text, "mark": mark ?? NSNull()] }
    }

    struct Item: Codable {
        var title: String
        var note: String?
        var isOpen: Bool
        var parts: [Part]

        var context: [String: Any] {
            ["title": title, "note": note ?? NSNull(), "is_open": isOpen, "parts": parts.map(\.context)]
        }
    }

    struct Model: Codable {
        var name: String
        var size: Int
        var flag: Bool
        var hint: String?
        var words: [String]
        var items: [Item]
        var first: Item?

        var context: [String: Any] {
            [
                "name": name, "size": size, "flag": flag, "hint": hint ?? NSNull(), "words": words,
                "items": items.map(\.context), "first": first?.context ?? NSNull(),
            ]
        }
    }

    @Test("Random templates and values", arguments: 0..<400 as Range<UInt64>)
    func random(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let part = TemplateWriter.template(&random, parts: [], depth: 2)
        let frame = "<{{$one}}\(TemplateWriter.inline(&random)){{/one}}|\n{{$two}}\n\(part){{/two}}\n>\n"
        let own = TemplateWriter.template(&random, parts: ["part"], depth: 4)
        // The first line is not indented, because the oracle takes its indentation from all lines of a block.
        let page = "{{<frame}}\n{{$two}}\n-\n\(own){{/two}}\n{{/frame}}\n" + own
        let templates = ["page": page, "part": part, "frame": frame]
        let program = try TemplateLibrary(templates).compile("page", for: [Model.self])
        var oracle = MustacheLibrary()
        MustacheContentTypes.register(PageText(), named: "PAGE")
        for (name, text) in templates {
            try oracle.register("{{% CONTENT_TYPE:PAGE}}\n" + text, named: name)
        }
        for _ in 0..<5 {
            let model = TemplateWriter.model(&random)
            let expected = oracle.render(model.context, withTemplate: "page")
            #expect(String(buffer: try program.render([model])) == expected, "\(templates)")
        }
    }
}

/// Lets the oracle escape as we do.
private struct PageText: MustacheContentType {
    func escapeText(_ text: String) -> String { HTML.escaped(text) }
}

/// Writes random templates for `TemplateOracleTests.Model`, and random values of it.
private enum TemplateWriter {
    /// The names that can be used in a context: texts, and sections with the context inside.
    private struct Scope {
        let texts: [String]
        let sections: [(name: String, inner: String)]
    }

    private static let scopes: [String: Scope] = [
        "model": Scope(
            texts: ["name", "size", "hint", "first.title", "first.note"],
            sections: [("flag", "model"), ("hint", "word"), ("words", "word"), ("items", "item"), ("first", "item")]
        ),
        "item": Scope(
            texts: [".title", ".note", "title", "name", "hint"],
            sections: [
                (".is_open", "item"), (".note", "word"), ("parts", "part"), ("words", "word"), ("flag", "item"),
                ("first", "item"),
            ]
        ),
        "part": Scope(
            texts: [".text", "text", ".mark", "name"],
            sections: [("mark", "word"), (".mark", "word"), ("flag", "part")]
        ),
        "word": Scope(texts: [".", "name", "size"], sections: [("flag", "word"), ("hint", "word")]),
    ]

    private static let texts = ["a", " ", "é «ä» ", "<br>\n", "}} ", "{ ", "қала\n\n", "&amp;", "x\n  y\n", "\t"]
    private static let values = [
        "", "a", "<b>", "&", "\"'", "қ", "{{name}}", "{{{", "a\nb", "&amp;", "\u{1F600}", "\0",
    ]

    static func template(_ random: inout SplitMix64, parts: [String], depth: Int) -> String {
        lines("model", &random, parts: parts, depth: depth)
    }

    static func inline(_ random: inout SplitMix64) -> String { piece("model", &random, parts: [], depth: 0) }

    private static func lines(
        _ scope: String,
        _ random: inout SplitMix64,
        parts: [String],
        depth: Int
    ) -> String {
        var text = ""
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let blanks = ["", "  ", "\t"].randomElement(using: &random) ?? ""
            switch Int.random(in: 0..<6, using: &random) {
            case 0 where depth > 0:
                let (section, inner) = scopes[scope]?.sections.randomElement(using: &random) ?? ("flag", scope)
                let inverted = Bool.random(using: &random)
                let kind = inverted ? "^" : "#"
                let content = lines(inverted ? outer(scope, section) : inner, &random, parts: parts, depth: depth - 1)
                text += "\(blanks){{\(kind)\(section)}}\n\(content)\(blanks){{/\(section)}}\n"
            case 1: text += "{{! a comment }}\n"
            case 2 where !parts.isEmpty && scope == "model": text += "{{> part}}\n"
            default: text += blanks + piece(scope, &random, parts: parts, depth: depth) + "\n"
            }
        }
        return text
    }

    private static func piece(
        _ scope: String,
        _ random: inout SplitMix64,
        parts: [String],
        depth: Int
    ) -> String {
        var text = "."
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let name = scopes[scope]?.texts.randomElement(using: &random) ?? "name"
            switch Int.random(in: 0..<6, using: &random) {
            case 0: text += "{{{\(name)}}}"
            case 1, 2: text += "{{\(name)}}"
            case 3 where depth > 0:
                let (section, inner) = scopes[scope]?.sections.randomElement(using: &random) ?? ("flag", scope)
                let inverted = Bool.random(using: &random)
                let content = piece(inverted ? outer(scope, section) : inner, &random, parts: parts, depth: depth - 1)
                text += "{{\(inverted ? "^" : "#")\(section)}}\(content){{/\(section)}}"
            default: text += texts.randomElement(using: &random) ?? ""
            }
        }
        return text + "."
    }

    // The oracle opens an empty list as a context, in which local names find nothing; the specification does not.
    private static func outer(_ scope: String, _ section: String) -> String {
        ["words", "items", "parts"].contains(section) ? "model" : scope
    }

    static func model(_ random: inout SplitMix64) -> TemplateOracleTests.Model {
        TemplateOracleTests.Model(
            name: value(&random),
            size: Int.random(in: -3...300, using: &random),
            flag: Bool.random(using: &random),
            hint: optional(&random),
            words: (0..<Int.random(in: 0...3, using: &random)).map { _ in value(&random) },
            items: (0..<Int.random(in: 0...3, using: &random)).map { _ in item(&random) },
            first: Bool.random(using: &random) ? item(&random) : nil
        )
    }

    private static func item(_ random: inout SplitMix64) -> TemplateOracleTests.Item {
        TemplateOracleTests.Item(
            title: value(&random),
            note: optional(&random),
            isOpen: Bool.random(using: &random),
            parts: (0..<Int.random(in: 0...2, using: &random)).map { _ in
                TemplateOracleTests.Part(text: value(&random), mark: optional(&random))
            }
        )
    }

    private static func value(_ random: inout SplitMix64) -> String {
        (values.randomElement(using: &random) ?? "") + (values.randomElement(using: &random) ?? "")
    }

    private static func optional(_ random: inout SplitMix64) -> String? {
        Bool.random(using: &random) ? value(&random) : nil
    }
}
