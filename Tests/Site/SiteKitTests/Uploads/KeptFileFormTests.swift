import Civic
import Foundation
import NIOCore
import Testing

@testable import SiteKit

/// Forms that name files which came before: honestly, twice, in the wrong place, too many and too late.
@Suite("Forms that name kept files") struct KeptFileFormTests {
    private static let gone = "Приложенный ранее файл больше не хранится. Приложите его ещё раз"

    private static func owner(of browser: TestBrowser) throws -> FormOwner {
        .browser(Data(try #require(browser.cookies["oa_form"]).utf8))
    }

    private static func upload(_ size: Int, _ format: FileFormat = .pdf) throws -> UploadedFile {
        let url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try Data(count: size).write(to: url)
        return UploadedFile(field: "scans", name: "odd.pdf", format: format, size: size, url: url)
    }

    @Test("A file that is named twice is there once")
    func twice() async throws {
        try await FileFormPortal.test { letters in
            let browser = letters.portal.browser()
            try await browser.get(FileFormPortal.open)
            let faulty = try await browser.postMultipart(
                FileFormPortal.open,
                [],
                files: [FileFormPortal.pdf("scans", "a.pdf")]
            )
            let id = try #require(faulty.kept("scans").first)
            let twice = try await browser.postMultipart(
                FileFormPortal.open,
                [("scans_kept", id), ("scans_kept", id)]
            )
            #expect(twice.kept("scans") == [id] && !twice.html.contains(Self.gone))
            let sent = try await browser.postMultipart(
                FileFormPortal.open,
                [("text", "x"), ("scans_kept", id), ("scans_kept", id)]
            )
            #expect(sent.status == 200 && sent.words.contains("a.pdf"))
        }
    }

    @Test("The rules of the field and of the form hold for files that came before")
    func rules() async throws {
        try await FileFormPortal.test { letters in
            let browser = letters.portal.browser()
            try await browser.get(FileFormPortal.open)
            let owner = try Self.owner(of: browser)
            func keep(_ size: Int, _ format: FileFormat = .pdf) throws -> String {
                try letters.files.keep(try Self.upload(size, format), of: "/letters", for: owner).id
            }
            func post(_ ids: [String], new: Int? = nil) async throws -> TestPage {
                let file = new.map { FileFormPortal.pdf("plan", "plan.pdf", size: $0) }
                return try await browser.postMultipart(
                    FileFormPortal.open,
                    ids.map { ("scans_kept", $0) },
                    files: file.map { [$0] } ?? []
                )
            }
            let format = try await post([try keep(10, .webp)])
            #expect(
                format.kept("scans").isEmpty && format.html.contains("Файл «odd.pdf» не приложен: нужен формат PDF")
            )
            let size = try await post([try keep(1_001)])
            #expect(size.kept("scans").isEmpty && size.html.contains("Файл «odd.pdf» не приложен: размер больше"))
            let four = try (0..<4).map { _ in try keep(10) }
            let count = try await post(four)
            #expect(count.kept("scans") == Array(four.prefix(3)) && count.html.contains("не больше 3"))
            // 2,000 bytes in all.
            let large = try (0..<2).map { _ in try keep(900) }
            let total = try await post(large, new: 201)
            #expect(total.kept("scans") == large && total.kept("plan").isEmpty)
            #expect(total.html.contains("Файл «plan.pdf» не приложен: общий размер"))
            #expect(try await post(large, new: 200).kept("plan").count == 1)
            let many = large + [try keep(300)]
            #expect(try await post(many).kept("scans") == large)
        }
    }

    @Test("A file of another form or field is not there, and one that is gone is asked for again")
    func gone() async throws {
        try await FileFormPortal.test { letters in
            let browser = letters.portal.browser()
            try await browser.get(FileFormPortal.open)
            let files = [FileFormPortal.pdf("scans", "a.pdf"), FileFormPortal.pdf("plan", "b.pdf")]
            let faulty = try await browser.postMultipart(FileFormPortal.open, [], files: files)
            let (scan, plan) = (try #require(faulty.kept("scans").first), try #require(faulty.kept("plan").first))
            let moved = try await browser.postMultipart(FileFormPortal.open, [("text", "x"), ("scans_kept", plan)])
            #expect(moved.status == 422 && moved.kept("scans").isEmpty && moved.html.contains(Self.gone))
            let other = try await browser.postMultipart("/ru/petitions", [("text", "x"), ("scans_kept", scan)])
            #expect(other.status == 422 && other.kept("scans").isEmpty && other.html.contains(Self.gone))
            // The form is the same in another language.
            let kazakh = try await browser.postMultipart("/kk/letters", [("scans_kept", scan)])
            #expect(kazakh.kept("scans") == [scan])
            letters.files.delete([scan], of: try Self.owner(of: browser))
            let late = try await browser.postMultipart(
                FileFormPortal.open,
                [("text", "x"), ("scans_kept", scan), ("plan_kept", plan)]
            )
            #expect(late.status == 422 && late.html.contains(Self.gone) && late.kept("plan") == [plan])
            let removed = try await browser.postMultipart(
                FileFormPortal.open,
                [("text", "x"), ("scans_kept", scan), ("scans_remove", scan)]
            )
            #expect(removed.status == 200, "what is removed need not be attached again")
        }
    }

    @Test("Sending a form deletes its own files, not those of another tab")
    func otherTabs() async throws {
        try await FileFormPortal.test { letters in
            let browser = letters.portal.browser()
            try await browser.get(FileFormPortal.open)
            let file = FileFormPortal.pdf("scans", "a.pdf")
            let first = try await browser.postMultipart(FileFormPortal.open, [], files: [file]).kept("scans")
            let second = try await browser.postMultipart(FileFormPortal.open, [], files: [file]).kept("scans")
            let sent = try await browser.postMultipart(FileFormPortal.open, [("text", "x"), ("scans_kept", first[0])])
            #expect(sent.status == 200)
            let again = try await browser.postMultipart(FileFormPortal.open, [("scans_kept", second[0])])
            #expect(again.kept("scans") == second)
            let gone = try await browser.postMultipart(FileFormPortal.open, [("scans_kept", first[0])])
            #expect(gone.html.contains(Self.gone))
        }
    }

    @Test("After the sign-in a form whose session had ended shows its files, and asks for one that is gone")
    func restored() async throws {
        try await FileFormPortal.test { letters in
            let browser = letters.portal.browser()
            try await letters.portal.register(browser, "a@example.kz", username: "aigul")
            try await browser.get(FileFormPortal.personal)
            let files = [FileFormPortal.pdf("scans", "a.pdf"), FileFormPortal.pdf("plan", "b.pdf")]
            let faulty = try await browser.postMultipart(FileFormPortal.personal, [], files: files)
            let (scans, plan) = (faulty.kept("scans"), faulty.kept("plan"))
            try await letters.endSessions("aigul")
            let person = PersonID(rawValue: 1)
            #expect(try letters.files.files(of: person).map(\.name).sorted() == ["a.pdf", "b.pdf"])
            letters.files.delete(plan, of: .person(person))
            let refused = try await browser.postMultipart(
                FileFormPortal.personal,
                [("text", "x"), ("scans_kept", try #require(scans.first)), ("plan_kept", try #require(plan.first))]
            )
            #expect(refused.location?.contains("kept=1") == true)
            try await letters.portal.signIn(browser, "aigul")
            let page = try await browser.get(FileFormPortal.personal)
            #expect(page.status == 200 && page.html.contains("Введённые данные восстановлены"))
            #expect(page.kept("scans") == scans && page.kept("plan").isEmpty && page.html.contains(Self.gone))
        }
    }

    @Test("The files of unfinished forms are in the download, and are erased with the account")
    func personalData() async throws {
        try await FileFormPortal.test { letters in
            let (browser, other) = (letters.portal.browser(), letters.portal.browser())
            try await letters.portal.register(browser, "a@example.kz", username: "aigul")
            try await letters.portal.register(other, "b@example.kz", username: "botagoz")
            for each in [browser, other] {
                try await each.get(FileFormPortal.personal)
                try await each.postMultipart(
                    FileFormPortal.personal,
                    [],
                    files: [FileFormPortal.pdf("scans", "a.pdf")]
                )
            }
            try await browser.get("/ru/account/data")
            let copy = try await browser.post("/ru/account/data", [("current", AccountPortal.password)])
            let files = try #require(try object(.init(string: copy.html))["unfinished_form_files"] as? [[String: Any]])
            #expect(files.map { $0["name"] as? String } == ["a.pdf"] && files.first?["bytes"] as? Int == 100)
            #expect(try await browser.get("/ru/account/delete").words.contains("1 файл неотправленных форм"))
            let erased = try await browser.post(
                "/ru/account/delete",
                [("sure", "1"), ("current", AccountPortal.password)]
            )
            #expect(erased.location == "/ru/erased")
            #expect(try letters.files.files(of: PersonID(rawValue: 1)).isEmpty)
            #expect(try letters.files.files(of: PersonID(rawValue: 2)).map(\.name) == ["a.pdf"])
        }
    }
}
