import NIOCore
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite("Models of pages")
struct ModelSchemaTests {
    enum Part: String, CaseIterable, TemplateChoice {
        case first = "parts/first"
        case second = "parts/second"

        static var sample: Self { .first }
    }

    struct Leaf: Codable {
        var labelText: String?
        var part: Part
    }

    struct Model: Codable {
        var title: String
        var isOpen: Bool?
        var count: Int
        var leaf: Leaf?
        var leaves: [Leaf]
        var words: [[String]]?
    }

    private func described(_ schema: ModelSchema) -> String {
        switch schema.kind {
        case .text: "text"
        case .number: "number"
        case .flag: "flag"
        case .choice(let names): names.joined(separator: "|")
        case .list: "[" + (schema.element.map(described) ?? "?") + "]"
        case .object: "{" + schema.members.map { "\($0.name) \(described($0.schema))" }.joined(separator: ", ") + "}"
        }
    }

    @Test("Members are found inside optionals, lists and structures")
    func members() throws {
        let leaf = "{label_text text, part parts/first|parts/second}"
        #expect(
            described(try ModelSchema.of(Model.self))
                == "{title text, is_open flag, count number, leaf \(leaf), leaves [\(leaf)], words [[text]]}"
        )
    }

    struct Endless: Codable { var children: [Endless] }
    struct Map: Codable { var labels: [String: String] }
    struct Decimal: Codable { var value: Double }
    struct Bare: Codable { var kind: Kind }
    enum Kind: String, Codable { case only }

    @Test("Types that templates cannot show are refused")
    func unsupported() {
        #expect(throws: TemplateError.self) { try ModelSchema.of(Endless.self) }
        #expect(throws: TemplateError.self) { try ModelSchema.of(Decimal.self) }
        #expect(throws: TemplateError.self) { try ModelSchema.of(Bare.self) }
        #expect(throws: TemplateError.self) {
            try TemplateLibrary(["page": "{{labels.a}}"]).compile("page", for: [Map.self])
        }
    }

    @Test("A member chooses its partial")
    func choice() throws {
        let templates = [
            "page": "{{#leaves}}{{>*part}}{{/leaves}}{{#leaf}}{{>*.part}}{{/leaf}}", "parts/first": "1{{label_text}}",
            "parts/second": "2{{label_text}}",
        ]
        let program = try TemplateLibrary(templates).compile("page", for: [Model.self])
        let leaves = [Leaf(labelText: "<a>", part: .second), Leaf(labelText: nil, part: .first)]
        let page = Model(title: "", count: 0, leaf: Leaf(labelText: "z", part: .first), leaves: leaves)
        #expect(String(buffer: try program.render([page])) == "2&lt;a&gt;11z")
    }

    @Test("A name is searched from the last model outwards")
    func layers() throws {
        struct Layout: Codable {
            var title = "layout"
            var lang = "kk"
        }
        struct Page: Codable { var title = "page" }
        let library = try TemplateLibrary(["page": "{{title}} {{lang}}"])
        let program = try library.compile("page", for: [Layout.self, Page.self])
        #expect(String(buffer: try program.render([Layout(), Page()])) == "page kk")
    }

    @Test("Text for mails is not escaped")
    func plain() throws {
        struct Mail: Codable { var name = "<a&b>" }
        let program = try TemplateLibrary(["mail": "{{name}}{{t.x}}"])
            .compile("mail", for: [Mail.self], constants: ["t": ["x": "&"]], isEscaped: false)
        #expect(String(buffer: try program.render([Mail()])) == "<a&b>&")
    }
}
