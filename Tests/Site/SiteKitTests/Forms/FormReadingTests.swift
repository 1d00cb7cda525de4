import Civic
import Foundation
import Geo
import Testing

@testable import SiteKit

/// Reads fields beyond a line of text, as a browser sends them.
@Suite("Fields of forms") struct FormReadingTests {
    private static let days = LocalDate(number: 0)...LocalDate(number: 20_000)

    private func words() throws -> Strings { try Strings(.en, folders: try TestPortal.resources("Locale")) }

    @Test("A text counts Unicode scalars, with a line end as one, as the counter in the browser does")
    func text() throws {
        let words = try words()
        func read(_ value: String, limit: Int) throws -> (text: String?, fault: String?) {
            var form = Form([.text("t", "Text", limit: limit)])
            form.take(FormBody([("t", value)]))
            return (form.text("t", words), form.fields[0].fault)
        }
        #expect(try read("a\r\nb\rc\n", limit: 6).text == "a\nb\nc\n")
        #expect(try read("Ә😀e\u{301}", limit: 4).text == "Ә😀e\u{301}")
        #expect(try read("Ә😀e\u{301}", limit: 3).fault?.hasSuffix(": 1") == true)
        #expect(try read(" \n", limit: 3).fault == "Fill in “Text”")
    }

    @Test(
        "A date is read strictly",
        arguments: [
            (["1", "2", "1971"], "1971-2-1"), (["01", "12", "1999"], "1999-12-1"), (["29", "2", "1972"], "1972-2-29"),
            (["29", "2", "1973"], nil), (["31", "4", "1999"], nil), (["0", "1", "1999"], nil),
            (["1", "", "1999"], nil),
            (["1", "13", "1999"], nil), (["1", "1", "99"], nil), (["1", "1", "1969"], nil), (["1", "1", "2099"], nil),
            (["+1", "1", "1999"], nil), (["१", "1", "1999"], nil), (["1", "1", "19 9"], nil), (["", "", ""], nil),
        ] as [([String], String?)]
    )
    func date(typed: [String], expected: String?) throws {
        var form = Form([.date("d", "Day")])
        form.take(FormBody([("d_day", typed[0]), ("d_month", typed[1]), ("d_year", typed[2])]))
        let date = form.date("d", in: Self.days, try words())
        #expect(date.map { "\($0.year)-\($0.month)-\($0.day)" } == expected)
        #expect((form.fields[0].fault == nil) == (expected != nil))
        #expect(form.fields[0].parts["year"] == typed[2], "what was typed is shown again")
    }

    @Test(
        "A place is an address, a position or both",
        arguments: [
            ("Абая 10", "", "", "Абая 10;"), ("", "43.238", "76,945", ";43.238,76.945"),
            (" Абая 10 ", "43", "-76.5", "Абая 10;43.0,-76.5"), ("", "", "", nil), ("x", "43", "", nil),
            ("", "91", "76", nil), ("", "43", "180.1", nil), ("", "nan", "76", nil), ("", "0x1p3", "76", nil),
            ("", "4e1", "76", nil), ("", "43.2.1", "76", nil),
        ] as [(String, String, String, String?)]
    )
    func point(address: String, latitude: String, longitude: String, expected: String?) throws {
        var form = Form([.point("p", "Place")])
        form.take(FormBody([("p", address), ("p_lat", latitude), ("p_lon", longitude)]))
        let point = form.point("p", try words())
        let position = point?.position.map { "\($0.latitude),\($0.longitude)" } ?? ""
        #expect(point.map { "\($0.address);\(position)" } == expected)
        #expect((form.fields[0].fault == nil) == (expected != nil))
    }

    @Test("Only options of the form can be chosen, and fields that are not required may be empty")
    func options() throws {
        let words = try words()
        let groups = [FormField.OptionGroup("G", [.init("a", "A")]), .init(nil, [.init("b", "B")])]
        for (sent, chosen) in [("a", "a"), ("b", "b"), ("c", nil), ("", nil)] as [(String, String?)] {
            var form = Form([.select("s", "S", groups), .cards("c", "C", [.init("a", "A"), .init("b", "B")])])
            form.take(FormBody([("s", sent), ("c", sent)]))
            let read = [form.option("s", words), form.option("c", words)]
            #expect(read == [chosen, chosen])
            #expect(form.fields.count { $0.fault == nil } == (chosen == nil ? 0 : 2))
        }
        var form = Form([
            .select("s", "S", groups).with(isRequired: false), .text("t", "T", limit: 9).with(isRequired: false),
            .point("p", "P").with(isRequired: false), .date("d", "D").with(isRequired: false),
        ])
        let isEmpty = [
            form.option("s", words) == nil, form.text("t", words) == nil, form.point("p", words) == nil,
            form.date("d", in: Self.days, words) == nil,
        ]
        #expect(isEmpty == [true, true, true, true])
        #expect(!form.hasFaults)
    }

    @Test("Fields of a group that does not apply are ignored, and what was typed into them is kept")
    func conditions() throws {
        let words = try words()
        func form(_ kind: String) -> Form {
            let inner = FormField.group("inner", "I", when: ("box", "1"), [.line("deep", "D")])
            let outer = FormField.group(
                "g",
                "G",
                when: ("kind", "a"),
                [.text("x", "X", limit: 3), .box("box", "Box")] + inner
            )
            let kinds = FormField.cards("kind", "K", [.init("a", "A"), .init("b", "B")])
            var form = Form([kinds] + outer + [.line("last", "L")])
            form.take(FormBody([("kind", kind), ("x", "typed"), ("box", "1"), ("deep", "deeper"), ("last", "l")]))
            return form
        }
        var applying = form("a")
        #expect(applying["x"] == "typed" && applying["deep"] == "deeper" && applying["last"] == "l")
        applying.fail("deep", "fault")
        #expect(applying.hasFaults)
        var ignored = form("b")
        #expect(ignored["x"] == "" && ignored["deep"] == "" && ignored["last"] == "l")
        ignored.fail("deep", "fault")
        _ = ignored.text("x", words)
        #expect(!ignored.hasFaults)
        #expect(ignored.fields.first { $0.name == "x" }?.value == "typed")
        #expect(ignored.answersShown(words).map(\.label) == ["K", "L"])
        #expect(form("").answersShown(words).map(\.value) == ["Not given", "l"])
    }

    @Test("A draft replaces the answers of its step and keeps those of the others")
    func drafts() throws {
        func first(_ fields: [(String, String)]) -> Form {
            var form = Form([.line("a", "A"), .box("box", "B"), .date("d", "D"), .hidden("h", "1")])
            form.take(FormBody(fields))
            return form
        }
        var draft = DraftAnswers()
        draft.replace(first([("a", "1"), ("box", "1"), ("d_day", "3"), ("other", "x")]))
        var second = Form([.point("p", "P")])
        second.take(FormBody([("p", "Абая 10"), ("p_lat", "43")]))
        draft.replace(second)
        draft.replace(first([("a", "2")]))
        #expect(draft.body.value("a") == "2" && !draft.body.has("box") && draft.body.value("d_day") == "")
        #expect(draft.body.value("p") == "Абая 10" && draft.body.value("p_lat") == "43" && !draft.body.has("h"))
    }
}
