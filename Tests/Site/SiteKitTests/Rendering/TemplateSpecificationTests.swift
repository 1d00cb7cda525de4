import NIOCore
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

/// The rules of the Mustache specification that our templates rely on.
@Suite("Templates: the rules of the Mustache specification")
struct TemplateSpecificationTests {
    struct Model: Codable {
        struct Item: Codable {
            var name: String
            var note: String?
            var parts: [String] = []
        }

        struct Outer: Codable {
            var inner: Item?
            var name = "outer"
        }

        var subject = "world"
        var markup = "& \" < > '"
        var number = 85
        var yes = true
        var no = false
        var missing: String?
        var nobody: Item?
        var item: Item? = Item(name: "Joe")
        var words = ["1", "2", "3"]
        var none: [String] = []
        var items = [Item(name: "a", note: "A", parts: ["x", "y"]), Item(name: "b")]
        var outer: Outer? = Outer(inner: Item(name: "Phil"))
    }

    private func render(_ template: String, _ others: [String: String] = [:]) throws -> String {
        let library = try TemplateLibrary(others.merging(["page": template]) { $1 })
        let program = try library.compile("page", for: [Model.self], constants: ["t": ["word": "«да» & нет"]])
        return String(buffer: try program.render([Model()]))
    }

    @Test(
        "Values",
        arguments: [
            ("Hello, {{subject}}!\n", "Hello, world!\n"),
            ("no {tags} here, }} neither", "no {tags} here, }} neither"),
            ("{{markup}}", "&amp; &quot; &lt; &gt; &#39;"), ("{{{markup}}}", "& \" < > '"),
            ("{{&markup}}", "& \" < > '"), ("{{ number }}", "85"), ("{{& number}}|{{{ number }}}", "85|85"),
            ("I ({{missing}}) be", "I () be"), ("  {{subject}}\n", "  world\n"), ("| {{{subject}}} |", "| world |"),
            ("{{outer.inner.name}}", "Phil"), ("{{outer.name}}{{outer.inner.note}}", "outer"),
            ("{{nobody.name}}|", "|"), ("{{t.word}} {{{t.word}}}", "«да» &amp; нет «да» & нет"),
        ]
    )
    func values(template: String, expected: String) throws { #expect(try render(template) == expected) }

    @Test(
        "Sections",
        arguments: [
            ("\"{{#yes}}shown{{/yes}}\"", "\"shown\""), ("\"{{#no}}shown{{/no}}\"", "\"\""),
            ("{{#missing}}never{{/missing}}{{#nobody}}never{{/nobody}}", ""),
            ("{{#item}}Hi {{name}}.{{/item}}", "Hi Joe."),
            ("{{#words}}{{.}}{{/words}}", "123"), ("{{#none}}never{{/none}}", ""),
            ("{{#items}}{{name}}{{#note}}({{.}}){{/note}}{{/items}}", "a(A)b"),
            ("{{#items}}{{name}}:{{#parts}}{{name}}{{.}} {{/parts}}{{/items}}", "a:ax ay b:"),
            ("{{#outer}}{{#inner}}{{name}}{{/inner}} {{name}} {{subject}}{{/outer}}", "Phil outer world"),
            ("{{#outer.inner}}{{name}}{{/outer.inner}}", "Phil"), ("{{#nobody.parts}}never{{/nobody.parts}}", ""),
            ("{{#yes}}\n* first\n{{/yes}}\n* second\n{{#yes}}\n* third\n{{/yes}}\n", "* first\n* second\n* third\n"),
            ("{{#item}}{{#item}}{{name}}{{/item}}{{/item}}", "Joe"), ("| {{#yes}}\t|\t{{/yes}} | \n", "| \t|\t | \n"),
            ("{{# yes }}={{/ yes }}", "="),
        ]
    )
    func sections(template: String, expected: String) throws { #expect(try render(template) == expected) }

    @Test(
        "Inverted sections and conditions",
        arguments: [
            ("{{^no}}shown{{/no}}{{^yes}}never{{/yes}}", "shown"),
            ("{{^missing}}1{{/missing}}{{^nobody}}2{{/nobody}}", "12"),
            ("{{^words}}never{{/words}}{{^none}}shown{{/none}}", "shown"), ("{{^item}}never{{/item}}", ""),
            ("{{^nobody.note}}shown{{/nobody.note}}{{^outer.inner.name}}never{{/outer.inner.name}}", "shown"),
            ("{{^outer.inner.note}}shown{{/outer.inner.note}}", "shown"),
            ("{{^empty(words)}}<{{#words}}{{.}}{{/words}}>{{/empty(words)}}", "<123>"),
            ("{{^empty(none)}}never{{/empty(none)}}{{#empty(none)}}shown{{/empty(none)}}", "shown"),
            ("{{#words}}{{.}}{{^last()}}, {{/last()}}{{/words}}", "1, 2, 3"),
            ("{{#items}}{{#parts}}{{.}}{{#last()}}.{{/last()}}{{/parts}}{{^last()}};{{/last()}}{{/items}}", "xy.;"),
        ]
    )
    func inverted(template: String, expected: String) throws { #expect(try render(template) == expected) }

    @Test(
        "A line with nothing but one tag leaves nothing",
        arguments: [
            ("| This Is\n{{#yes}}\n|\n{{/yes}}\n| A Line\n", "| This Is\n|\n| A Line\n"),
            ("| This Is\n  {{#yes}}  \n|\n  {{/yes}}\t\n| A Line\n", "| This Is\n|\n| A Line\n"),
            ("|\r\n{{#yes}}\r\n{{/yes}}\r\n|", "|\r\n|"), ("  {{#yes}}\n#{{/yes}}\n/", "#\n/"),
            ("#{{#yes}}\n/\n  {{/yes}}", "#\n/\n"), ("{{#yes}}{{/yes}}\n|", "\n|"), ("a\n{{! a comment }}\nb", "a\nb"),
            ("a {{! a\ncomment }} b", "a  b"), ("  {{>text}}\n>", "text>"), ("{{>text}}", "text"),
            ("| {{>text}} |\n", "| text |\n"), ("{{#yes}} {{#yes}}\nx\n{{/yes}}\n{{/yes}}", " \nx\n"),
        ]
    )
    func standalone(template: String, expected: String) throws {
        #expect(try render(template, ["text": "text"]) == expected)
    }

    @Test("Partials, parents and blocks")
    func inheritance() throws {
        let others = [
            "frame": "<{{$title}}standard {{subject}}{{/title}}>\n{{$body}}\nnothing\n{{/body}}\n|{{> end}}\n",
            "middle": "{{<frame}}\n{{$body}}\n[{{$text}}{{/text}}]\n{{/body}}\n{{/frame}}\n",
            "end": "{{$title}}end{{/title}}",
            "name": "{{name}} ",
        ]
        #expect(try render("{{>frame}}", others) == "<standard world>\nnothing\n|end\n")
        #expect(try render("{{<frame}}{{$title}}T{{/title}}ignored{{/frame}}", others) == "<T>\nnothing\n|T\n")
        #expect(
            try render("{{<middle}}{{$text}}{{subject}}{{/text}}{{$title}}T{{/title}}{{/middle}}", others)
                == "<T>\n[world]\n|T\n"
        )
        #expect(try render("{{#items}}{{>name}}{{/items}}", others) == "a b ")
    }

    @Test(
        "A template that cannot be used is refused when it is compiled",
        arguments: [
            "{{nothing}}", "{{#nothing}}{{/nothing}}", "{{^nothing}}{{/nothing}}", "{{item.nothing}}", "{{item}}",
            "{{yes}}",
            "{{words}}", "{{#item}}{{.}}{{/item}}", "{{#item}}{{.subject}}{{/item}}",
            "{{#items}}{{.nothing}}{{/items}}",
            "{{#words}}{{.name}}{{/words}}", "{{#number}}{{/number}}", "{{t.nothing}}",
            "{{#empty(item)}}{{/empty(item)}}",
            "{{#last()}}{{/last()}}", "{{>nothing}}", "{{<nothing}}{{/nothing}}", "{{>page}}", "{{>*subject}}",
            "{{#yes}}",
            "{{/yes}}", "{{#yes}}{{/no}}", "{{", "{{}}", "{{a b}}", "{{.}}", "{{last()}}", "{{=<% %>=}}",
            "{{<page}}{{subject}}{{/page}}", "{{a..b}}",
        ]
    )
    func refused(template: String) { #expect(throws: TemplateError.self) { try render(template) } }

    @Test("An error names template, line and model")
    func messages() {
        #expect {
            try render("a\n\n{{> part}}", ["part": "\n{{#items}}\n{{.nothing}}{{/items}}"])
        } throws: { error in
            "\(error)" == "part, line 3: {{.nothing}}: is not a member of Item"
        }
    }
}
