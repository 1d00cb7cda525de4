import Configuration
import Foundation
import Testing

@testable import SiteKit

/// Fills in the sample forms as a person would: with mistakes, with files, and in steps.
@Suite("Sample forms") struct SampleFormTests {
    private static let pdf = "%PDF-1.7 a plan"

    @Test("A form with mistakes comes back with everything typed and with the files that were sent")
    func mistakes() async throws {
        try await AccountPortal.test { portal async throws in
            let browser = portal.browser()
            let empty = try await browser.get("/ru/dev/forms")
            #expect(empty.status == 200 && empty.html.contains("enctype=\"multipart/form-data\""))
            let faulty = try await browser.postMultipart(
                "/ru/dev/forms",
                [
                    ("kind", "problem"), ("text", "Яма"), ("day_day", "31"), ("day_month", "2"), ("day_year", "2026"),
                    ("place", "Абая 10"), ("place_lat", "x"), ("place_lon", "76.9"), ("name", "Әсел"), ("iin", "1"),
                ],
                files: [("plan", "план.pdf", Self.pdf), ("photos", "a.html", "<p>")]
            )
            #expect(faulty.status == 422)
            let typed = [
                "Яма</textarea>", "value=\"31\"", "value=\"Абая 10\"", "value=\"x\"", "value=\"Әсел\"", "план.pdf",
            ]
            for text in typed { #expect(faulty.html.contains(text), "\(text)") }
            #expect(faulty.html.contains("Файл «a.html» не приложен"))
            let id = try #require(faulty.hidden("plan_kept"))
            let fields = [
                ("kind", "idea"), ("topic", "trees"), ("text", "Яма"), ("place", "Абая 10"), ("name", "Әсел"),
                ("iin", "900101300017"), ("agree", "1"), ("plan_kept", id),
            ]
            let stranger = portal.browser()
            try await stranger.get("/ru/dev/forms")
            #expect(try await !stranger.postMultipart("/ru/dev/forms", fields).html.contains("план.pdf"))
            let taken = try await browser.postMultipart("/ru/dev/forms", fields)
            #expect(taken.html.contains("Форма принята") && taken.html.contains("план.pdf"), "\(taken.words)")
            #expect(!taken.html.contains("Когда это заметили"), "the group of problems does not apply")
            #expect(try await !browser.postMultipart("/ru/dev/forms", fields).html.contains("план.pdf"))
        }
    }

    @Test("A removed file is gone, and one too many is refused while the earlier one is kept")
    func removal() async throws {
        try await AccountPortal.test { portal async throws in
            let browser = portal.browser()
            try await browser.get("/en/dev/forms")
            let plan = (field: "plan", name: "one.pdf", content: Self.pdf)
            let first = try await browser.postMultipart("/en/dev/forms", [], files: [plan])
            let id = try #require(first.hidden("plan_kept"))
            let second = (field: "plan", name: "two.pdf", content: Self.pdf)
            let more = try await browser.postMultipart("/en/dev/forms", [("plan_kept", id)], files: [second])
            #expect(more.html.contains("“two.pdf” was not attached") && more.html.contains("one.pdf"))
            let swapped = try await browser.postMultipart(
                "/en/dev/forms",
                [("plan_kept", id), ("plan_remove", id)],
                files: [second]
            )
            #expect(swapped.html.contains("two.pdf") && !swapped.html.contains("one.pdf"))
        }
    }

    @Test("Each step keeps what was typed, also with faults, and the last page sends it all")
    func steps() async throws {
        try await AccountPortal.test { portal async throws in
            let browser = portal.browser()
            let start = try await browser.get("/ru/dev/forms/steps")
            #expect(start.location == "/ru/dev/forms/steps/matter")
            try await browser.get("/ru/dev/forms/steps/matter")
            let faulty = try await browser.postMultipart("/ru/dev/forms/steps/matter", [("text", "Сломан фонарь")])
            #expect(faulty.status == 422)
            #expect(try await browser.get("/ru/dev/forms/steps/matter").html.contains("Сломан фонарь</textarea>"))
            let matter = try await browser.postMultipart(
                "/ru/dev/forms/steps/matter",
                [("kind", "idea"), ("topic", "lights"), ("text", "Сломан фонарь")],
                files: [("plan", "p.pdf", Self.pdf)]
            )
            #expect(matter.location == "/ru/dev/forms/steps/place")
            let place = try await browser.post("/ru/dev/forms/steps/place", [("place", "Абая 10")])
            #expect(place.location == "/ru/dev/forms/steps/applicant")
            let early = try await browser.get("/kk/dev/forms/steps/check")
            #expect(early.html.contains("Сломан фонарь") && early.html.contains("p.pdf (1\u{A0}КБ)"))
            let back = try await browser.post("/kk/dev/forms/steps/check", [("draft", early.hidden("draft") ?? "")])
            #expect(back.location == "/kk/dev/forms/steps/applicant?faults=1")
            #expect(try await browser.get("/kk/dev/forms/steps/applicant?faults=1").html.contains("error-summary"))
            try await browser.post(
                "/ru/dev/forms/steps/applicant",
                [("name", "Әсел"), ("iin", "900101300017"), ("agree", "1")]
            )
            #expect(try await !portal.browser().get("/ru/dev/forms/steps/matter").html.contains("Сломан"))
            let overview = try await browser.get("/ru/dev/forms/steps/check")
            let stamp = ("draft", try #require(overview.hidden("draft")))
            // What another tab has changed meanwhile is shown before it is sent.
            try await browser.post("/ru/dev/forms/steps/place", [("place", "Абая 12")])
            let changed = try await browser.post("/ru/dev/forms/steps/check", [stamp])
            #expect(changed.html.contains("в другой вкладке") && changed.html.contains("Абая 12"))
            try await browser.post("/ru/dev/forms/steps/place", [("place", "Абая 10")])
            let last = try await browser.get("/ru/dev/forms/steps/check")
            let sent = try await browser.post("/ru/dev/forms/steps/check", [("draft", last.hidden("draft") ?? "")])
            #expect(sent.status == 200 && sent.html.contains("Сломан фонарь") && sent.html.contains("Абая 10"))
            #expect(try await !browser.get("/ru/dev/forms/steps/check").html.contains("Сломан фонарь"))
            let again = try await browser.post("/ru/dev/forms/steps/check", [("draft", last.hidden("draft") ?? "")])
            #expect(again.html.contains("уже отправлена"))
        }
    }

    @Test(
        "Every kind of field is shown as recorded, empty, with faults and in the overview",
        arguments: ["kk", "ru", "en"]
    )
    func snapshots(_ language: String) async throws {
        try await AccountPortal.test { portal async throws in
            let browser = portal.browser()
            let path = "/\(language)/dev/forms"
            try Self.check("form-\(language)", try await browser.get(path))
            let faulty = try await browser.postMultipart(
                path,
                [("kind", "problem"), ("text", "<Яма>"), ("day_day", "31"), ("day_month", "2"), ("place_lat", "43,2")],
                files: [("plan", "план.pdf", Self.pdf), ("photos", "a.html", "<p>")]
            )
            try Self.check("form-faults-\(language)", faulty)
            try await browser.get(path + "/steps/matter")
            try await browser.postMultipart(path + "/steps/matter", [("kind", "idea"), ("text", "<Яма>")])
            try Self.check("form-overview-\(language)", try await browser.get(path + "/steps/check"))
        }
    }

    private static func check(_ name: String, _ page: TestPage) throws {
        try PageSnapshot(name: name).check(page.html.replacing(/[A-Za-z0-9_\-]{43}(\.\d+)?"/, with: "…\""))
    }

    @Test("A person goes on with the form on another device, and another person does not")
    func otherDevice() async throws {
        try await AccountPortal.test { portal async throws in
            let page = "/ru/dev/forms/steps/matter"
            let phone = portal.browser()
            try await portal.register(phone, "asel@example.kz", username: "asel")
            try await phone.get(page)
            try await phone.postMultipart(page, [("kind", "idea"), ("text", "Сломан фонарь")])
            let desk = portal.browser()
            try await portal.signIn(desk, "asel")
            #expect(try await desk.get(page).html.contains("Сломан фонарь</textarea>"))
            let stranger = portal.browser()
            try await portal.register(stranger, "dana@example.kz", username: "dana")
            #expect(try await !stranger.get(page).html.contains("Сломан фонарь"))
            try await desk.get("/ru/account/data")
            let copy = try await desk.post("/ru/account/data", [("current", AccountPortal.password)])
            #expect(copy.html.contains("Сломан фонарь"), "\(copy.status)")
        }
    }

    private static let matter = "/ru/dev/forms/steps/matter"
    private static let place = "/ru/dev/forms/steps/place"

    @Test("Going back keeps what was typed without checking it, and a deleted draft is gone with its files")
    func backAndDiscarded() async throws {
        try await AccountPortal.test { portal async throws in
            let browser = portal.browser()
            let empty = try await browser.get(Self.matter)
            #expect(!empty.html.contains("name=\"back\"") && !empty.html.contains("steps/discard"))
            try await browser.postMultipart(Self.matter, [("text", "Яма")], files: [("plan", "p.pdf", Self.pdf)])
            #expect(try await browser.get(Self.place).html.contains("name=\"back\""))
            let back = try await browser.post(Self.place, [("place", ""), ("place_lat", "x"), ("back", "1")])
            #expect(back.location == Self.matter)
            #expect(try await browser.get(Self.place).html.contains("value=\"x\""))
            let sure = try await browser.get("/ru/dev/forms/steps/discard")
            #expect(sure.status == 200 && sure.html.contains("Удалить черновик?"))
            #expect(try await browser.post("/ru/dev/forms/steps/discard", [], token: "x").status == 403)
            #expect(try await browser.get(Self.matter).html.contains("p.pdf"))
            try await browser.get("/ru/dev/forms/steps/discard")
            #expect(try await browser.post("/ru/dev/forms/steps/discard", []).location == Self.matter)
            let gone = try await browser.get(Self.matter)
            #expect(!gone.html.contains("Яма") && !gone.html.contains("p.pdf"))
        }
    }

    @Test("A form begun before signing in is gone on with afterwards, and is not left to the next reader")
    func signingIn() async throws {
        try await AccountPortal.test { portal async throws in
            try await portal.register(portal.browser(), "asel@example.kz", username: "asel")
            let browser = portal.browser()
            try await browser.get(Self.matter)
            try await browser.postMultipart(Self.matter, [("text", "До входа")], files: [("plan", "p.pdf", Self.pdf)])
            try await portal.signIn(browser, "asel")
            let adopted = try await browser.get(Self.matter)
            #expect(adopted.html.contains("До входа</textarea>") && adopted.html.contains("p.pdf"))
            try await browser.get("/ru/logout")
            try await browser.post("/ru/logout", [])
            #expect(try await !browser.get(Self.matter).html.contains("До входа"))
            try await portal.signIn(browser, "asel")
            #expect(try await browser.get(Self.matter).html.contains("До входа</textarea>"))
        }
    }

    @Test("When the session ends between two steps, nothing of them is left in the browser's draft")
    func sessionEnds() async throws {
        try await AccountPortal.test { portal async throws in
            let phone = portal.browser()
            try await portal.register(phone, "asel@example.kz", username: "asel")
            try await phone.get(Self.matter)
            try await phone.postMultipart(Self.matter, [("text", "Первый шаг")])
            try await phone.get(Self.place)
            let desk = portal.browser()
            try await portal.signIn(desk, "asel")
            try await desk.get("/ru/account/sessions")
            try await desk.post("/ru/account/sessions", [])
            let late = try await phone.post(Self.place, [("place", "Абая 10")])
            #expect(late.location?.hasPrefix("/ru/login") == true, "\(late.status) \(late.words)")
            try await portal.signIn(phone, "asel")
            #expect(try await phone.get(Self.place).html.contains("Абая 10"))
            #expect(try await phone.get(Self.matter).html.contains("Первый шаг</textarea>"))
        }
    }

    @Test("The forms exist in development only")
    func production() async throws {
        let address = ConfigValue(.string("https://portal.example"), isSecret: false)
        try await AccountPortal.test(["public.url": address]) { portal async throws in
            #expect(try await portal.browser().get("/ru/dev/forms").status == 404)
        }
    }
}
