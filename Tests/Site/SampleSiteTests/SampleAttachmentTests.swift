import Attachments
import Civic
import Foundation
import GRDB
import HTTPTypes
import SQLiteStore
import TestSupport
import Testing

@testable import SiteKit

/// Sends files that become attachments in the step of a form, with good and with bad ones.
@Suite("Sample attachments") struct SampleAttachmentTests {
    private static let step = "/ru/dev/forms/attachments/files"
    private static let overview = "/ru/dev/forms/attachments/check"
    private static let pdf = Data("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\nstartxref\n9\n%%EOF\n".utf8)
    private static let png =
        Data(
            base64Encoded:
                "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
        ) ?? Data()

    private static func file(_ name: String, _ content: Data) -> (field: String, name: String, content: Data) {
        ("evidence", name, content)
    }

    /// The ids of all attachments, by their names.
    private static func ids(_ database: any DatabaseReader) async throws -> [AttachmentID] {
        try await database.read { db in try String.fetchAll(db, sql: "SELECT id FROM attachment ORDER BY name") }
            .compactMap(AttachmentID.init(rawValue:))
    }

    /// The addresses of the thumbnails and of the files on a page.
    private static func addresses(_ page: TestPage) -> [String] {
        page.html.matches(of: /"(\/unfinished-files\/[^"]+)"/).map { String($0.1) }
    }

    @Test("Each file of a step is taken or refused with its reason, and taken pictures are shown to their sender only")
    func perFile() async throws {
        try await AccountPortal.test { portal async throws in
            let browser = portal.browser()
            try await browser.get(Self.step)
            let page = try await browser.postFiles(
                Self.step,
                [("note", "Яма")],
                [
                    Self.file("план.pdf", Self.pdf), Self.file("яма.png", Self.png),
                    Self.file("обман.jpg", Data("MZ".utf8)), Self.file("обрыв.pdf", Self.pdf.prefix(30)),
                    Self.file("пусто.pdf", Data()),
                ]
            )
            #expect(page.status == 422 && page.html.contains("Не приложены 3 файла"), "\(page.words)")
            #expect(page.html.contains("Файл «обман.jpg» не приложен: нужен формат"))
            #expect(page.html.contains("Файл «обрыв.pdf» не приложен: файл повреждён"))
            #expect(page.html.contains("Файл «пусто.pdf» не приложен: файл пуст"))
            #expect(page.kept("evidence").count == 2)
            let addresses = Self.addresses(page)
            #expect(addresses.count == 3 && addresses.count { $0.hasSuffix("/thumbnail") } == 1)
            for address in addresses {
                let answer = try await browser.get(address)
                #expect(answer.status == 200)
                let policy = answer.headers[.contentSecurityPolicy] ?? ""
                #expect(policy.hasPrefix("sandbox; default-src 'none'"), "\(policy)")
                #expect(answer.headers[.xContentTypeOptions] == "nosniff")
                let isThumbnail = address.hasSuffix("/thumbnail")
                #expect(answer.headers[.contentDisposition]?.hasPrefix(isThumbnail ? "inline" : "attachment") == true)
                let tag = try #require(answer.headers[.eTag])
                #expect(try await browser.get(address, headers: [.ifNoneMatch: tag]).status == 304)
                let stranger = portal.browser()
                try await stranger.get(Self.step)
                #expect(try await stranger.get(address).status == 404)
                #expect(try await portal.browser().get(address).status == 404)
            }
            let pdf = try #require(addresses.first { !$0.hasSuffix("/thumbnail") })
            #expect(try await browser.get(pdf + "/thumbnail").status == 404)
            let next = try await browser.post(
                Self.step,
                [("note", "Яма")] + page.kept("evidence").map { ("evidence_kept", $0) }
            )
            #expect(next.location == Self.overview)
        }
    }

    @Test("Files that are removed, given up or sent unclaimed are gone, and what a record has claimed stays")
    func deletion() async throws {
        let database = try PortalDatabase.inMemory()
        let store = SQLiteAttachmentStore(database)
        try await AccountPortal.test(database: database) { portal async throws in
            let browser = portal.browser()
            func attach(_ count: Int, _ more: [(String, String)] = []) async throws -> TestPage {
                try await browser.get(Self.step)
                return try await browser.postFiles(
                    Self.step,
                    [("note", "")] + more,
                    (0..<count).map { Self.file("\($0).pdf", Self.pdf + Data("\($0)".utf8)) }
                )
            }
            let first = try await attach(3)
            #expect(try await store.usage(of: nil).files == 3)
            let kept = first.kept("evidence")
            let fewer = try await attach(0, kept.map { ("evidence_kept", $0) } + [("evidence_remove", kept[0])])
            #expect(fewer.kept("evidence") == Array(kept.dropFirst()))
            #expect(try await store.usage(of: nil).files == 2)
            try await browser.get("/ru/dev/forms/attachments/discard")
            #expect(try await browser.post("/ru/dev/forms/attachments/discard", []).location == Self.step)
            #expect(try await store.usage(of: nil).files == 0)
            #expect(try portal.storedFiles() == [])

            let again = try await attach(2)
            try await browser.post(Self.step, [("note", "Яма")] + again.kept("evidence").map { ("evidence_kept", $0) })
            let id = try #require(try await Self.ids(database).first)
            #expect(try await store.claim([id], of: nil, at: Date()))
            let overview = try await browser.get(Self.overview)
            let sent = try await browser.post(Self.overview, [("draft", overview.hidden("draft") ?? "")])
            #expect(sent.html.contains("Форма принята"), "\(sent.words)")
            #expect(try await Self.ids(database) == [id])
            #expect(try portal.storedFiles().count == 1)
        }
    }

    @Test("While no scanner gives a verdict a file is taken and nobody sees it, and an infected one is told of")
    func scanning() async throws {
        let database = try PortalDatabase.inMemory()
        let store = SQLiteAttachmentStore(database)
        let absent = ClamAVScanner(.unix(path: "/nonexistent/clamd.ctl"), limit: .seconds(60))
        try await AccountPortal.test(database: database, scanner: absent) { portal async throws in
            let browser = portal.browser()
            try await browser.get(Self.step)
            let files = [Self.file("a.png", Self.png), Self.file("b.pdf", Self.pdf)]
            let page = try await browser.postFiles(Self.step, [("note", "Яма")], files)
            #expect(page.location == Self.overview)
            let waiting = try await browser.get(Self.step)
            #expect(waiting.html.contains("Проверяется на вирусы") && Self.addresses(waiting) == [])
            #expect(try await browser.get("/unfinished-files/" + waiting.kept("evidence")[0]).status == 404)
            let ids = try await Self.ids(database)
            try await store.markAvailable(ids[0])
            _ = try await store.markInfected(ids[1], finding: "Eicar")
            let later = try await browser.get(Self.step)
            #expect(later.html.contains("не приложен: антивирус нашёл в нём «Eicar»"), "\(later.words)")
            #expect(later.kept("evidence").count == 1 && !Self.addresses(later).isEmpty)
            let early = try await browser.get(Self.overview)
            let sent = try await browser.post(Self.overview, [("draft", early.hidden("draft") ?? "")])
            #expect(!sent.html.contains("b.pdf"), "an infected file is never sent")
        }
    }

    @Test("Files attached before signing in are the person's afterwards, are in the download, and go with the account")
    func person() async throws {
        let database = try PortalDatabase.traced()
        let store = SQLiteAttachmentStore(database)
        try await AccountPortal.test(database: database) { portal async throws in
            try await portal.register(portal.browser(), "asel@example.kz", username: "asel")
            let browser = portal.browser()
            try await browser.get(Self.step)
            try await browser.postFiles(Self.step, [("note", "")], [Self.file("до входа.pdf", Self.pdf)])
            let id = try #require(try await Self.ids(database).first)
            #expect(try await store.attachment(id)?.owner == nil)
            try await portal.signIn(browser, "asel")
            let page = try await browser.get(Self.step)
            #expect(page.html.contains("до входа.pdf") && Self.addresses(page).count == 1)
            #expect(try await browser.get(Self.addresses(page)[0]).status == 200)
            let owner = try #require(try await store.attachment(id)?.owner)
            #expect(try await store.usage(of: owner).files == 1)
            try await browser.get("/ru/account/data")
            let copy = try await browser.post("/ru/account/data", [("current", AccountPortal.password)])
            #expect(copy.html.contains("до входа.pdf"))
            try await browser.get("/ru/account/delete")
            let erasure = [("sure", "1"), ("current", AccountPortal.password)]
            #expect(try await browser.post("/ru/account/delete", erasure).location == "/ru/erased")
            #expect(try await Self.ids(database) == [])
            #expect(try portal.storedFiles() == [])
            #expect(try await store.usage(of: owner).files == 0)
        }
    }
}

extension AccountPortal {
    /// The contents of attachments on the disk, and what is being processed.
    fileprivate func storedFiles() throws -> [String] {
        let folder = try #require(uploads?.url.appending(path: "attachments"))
        return try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { path in
            path.hasPrefix("work/") || path.split(separator: "/").count == 3
        }
    }
}
