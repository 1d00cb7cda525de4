import Civic
import Foundation
import Hummingbird
import Synchronization
import TestSupport
import Testing

@testable import SiteKit

/// Sends forms with files, whole and broken, and looks at what is left of them.
@Suite("Forms with files") struct FormReaderTests {
    private struct Stop: Error {}

    @Test("Files are there while the form is handled; only those that it moves away stay", arguments: [1, 17, 100_000])
    func received(chunk: Int) async throws {
        let upload = try UploadCase()
        let photo = UploadCase.jpeg(1_900)
        let plan = Array("%PDF-1.7".utf8) + (0..<3_000).map { UInt8(truncatingIfNeeded: $0) }
        let body =
            UploadCase.text("csrf", upload.token) + UploadCase.text("text", "Жаңа\r\nжол")
            + UploadCase.file("photos", "C:\\fakepath\\Фото\u{202E} 1.JPG", photo)
            + UploadCase.file("plan", "plan.pdf", plan) + UploadCase.file("photos", "", []) + UploadCase.end
        let kept = upload.folder.url.appending(path: "kept.jpg")
        let status = try await upload.send(body, chunk: chunk) { form in
            #expect(form.value("text") == "Жаңа\r\nжол" && form.fileFaults.isEmpty)
            #expect(form.files.map(\.name) == ["Фото 1.JPG", "plan.pdf"])
            #expect(form.files.map(\.format) == [.jpeg, .pdf] && form.files.map(\.size) == [1_900, plan.count])
            let file = try #require(form.files("photos").first)
            #expect(try Data(contentsOf: try #require(form.files("plan").first).url) == Data(plan))
            let mode = try FileManager.default.attributesOfItem(atPath: file.url.path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            try file.move(to: kept)
        }
        #expect(status == .ok)
        #expect(try Data(contentsOf: kept) == Data(photo))
        #expect(upload.spooled.count == 1, "only the folder of the process")
        #expect(upload.spool.used == 0)
    }

    @Test("A form without its token stores no file and is not performed")
    func withoutToken() async throws {
        let upload = try UploadCase()
        let photo = UploadCase.file("photos", "a.jpg", UploadCase.jpeg(100))
        let token = UploadCase.text("csrf", upload.token)
        for fields in [photo, UploadCase.text("csrf", "x") + photo, photo + token] {
            let texts = Mutex<[String?]>([])
            let status = try await upload.send(
                fields + UploadCase.text("text", "typed") + UploadCase.end,
                perform: { _ in Issue.record("performed") },
                stale: { form in
                    #expect(form.files.isEmpty)
                    texts.withLock { $0.append(form.value("text")) }
                }
            )
            #expect(status == .forbidden && texts.withLock { $0 } == ["typed"])
        }
        #expect(!FileManager.default.fileExists(atPath: upload.folder.url.appending(path: "spool").path))
    }

    @Test("Each file beyond a limit is named with its reason, and the others are received")
    func faults() async throws {
        let upload = try UploadCase()
        let sent: [(name: String, content: [UInt8])] = [
            ("large.jpg", UploadCase.jpeg(2_001)), ("empty.jpg", []), ("page.html", UploadCase.jpeg(100)),
            ("text.jpg", Array("<script>".utf8)), ("plan.png", Array("%PDF-1.7 and more than enough".utf8)),
            ("1.jpg", UploadCase.jpeg(2_000)), ("2", UploadCase.jpeg(2_000)), ("3.jpeg", UploadCase.jpeg(1_999)),
            ("4.jpg", UploadCase.jpeg(3)),
        ]
        let files = sent.flatMap { UploadCase.file("photos", $0.name, $0.content) }
        let plan = UploadCase.file("plan", "p.pdf", Array("%PDF-".utf8))
        let body = UploadCase.text("csrf", upload.token) + files + plan + UploadCase.end
        _ = try await upload.send(body) { form in
            #expect(form.files.map(\.name) == ["1.jpg", "2", "3.jpeg"])
            #expect(form.fileFaults.map(\.fileName) == sent.prefix(5).map(\.name) + ["4.jpg", "p.pdf"])
            #expect(
                form.fileFaults.map(\.reason)
                    == [.tooLarge, .empty, .format, .format, .format, .tooMany, .totalTooLarge]
            )
            #expect(upload.spool.used == 5_999)
        }
        #expect(upload.spooled.count == 1 && upload.spool.used == 0)
    }

    @Test(
        "A field that takes no files refuses them, and a field in which no file was chosen is as if it were not there"
    )
    func unexpected() async throws {
        let upload = try UploadCase()
        let token = UploadCase.text("csrf", upload.token)
        for file in [UploadCase.file("text", "a.jpg", UploadCase.jpeg(9)), UploadCase.file("photos", "", [1])] {
            await #expect {
                try await upload.send(token + file + UploadCase.end, rules: UploadCase.rules)
            } throws: { ($0 as? Problem)?.faults.first?.code == "file_unexpected" }
        }
        let status = try await upload.send(token + UploadCase.file("any", "", []) + UploadCase.end, rules: .none)
        #expect(status == .ok && upload.spooled.isEmpty)
    }

    @Test("An upload that breaks off, is malformed, or whose handling fails leaves nothing behind")
    func broken() async throws {
        let upload = try UploadCase()
        let begun =
            UploadCase.text("csrf", upload.token) + UploadCase.file("photos", "a.jpg", UploadCase.jpeg(1_000))
            + UploadCase.file("photos", "b.jpg", UploadCase.jpeg(1_000)).dropLast(500)
        await #expect(throws: ProtocolFault.connectionLost) {
            try await upload.send(begun, failure: ProtocolFault.connectionLost)
        }
        await #expect(throws: Problem.self) { try await upload.send(begun) }
        let ended = begun + Array("\r\n".utf8)
        let malformed = ended + UploadCase.text("é\0", "") + UploadCase.end
        await #expect(throws: Problem.self) { try await upload.send(malformed) }
        await #expect(throws: Stop.self) {
            try await upload.send(ended + UploadCase.end) { _ in throw Stop() }
        }
        await #expect {
            try await upload.send(ended + UploadCase.end) { form in
                #expect(form.files.count == 2)
                throw CivicError.storeBusy
            }
        } throws: { error in
            // The page that offers to send the form again must lead back to it, because the files are gone.
            guard let form = (error as? UnsavedForm)?.form else { return false }
            return form.hasFiles && !form.repeatable.contains { $0.name == "csrf" }
        }
        #expect(upload.spooled.count == 1 && upload.spool.used == 0)
    }

    @Test("Too large a body is not handled; the form is shown with what was typed before the files")
    func tooLarge() async throws {
        let upload = try UploadCase()
        let files = (0..<UploadCase.rules.largestBody / 5_000 + 1).flatMap { _ in
            UploadCase.file("photos", "a.jpg", UploadCase.jpeg(5_000))
        }
        let body = UploadCase.text("csrf", upload.token) + UploadCase.text("text", "typed") + files + UploadCase.end
        let status = try await upload.send(
            body,
            perform: { _ in Issue.record("performed") },
            stale: { #expect($0.isCut && $0.value("text") == "typed") }
        )
        #expect(status == .forbidden && upload.spool.used == 0)
    }

    @Test("A full spool and a folder that cannot be written keep what was typed")
    func noRoom() async throws {
        let full = try UploadCase(capacity: 1_500)
        let photo = UploadCase.file("photos", "a.jpg", UploadCase.jpeg(1_000))
        func body(_ upload: UploadCase) -> [UInt8] {
            UploadCase.text("csrf", upload.token) + UploadCase.text("text", "typed") + photo + photo + UploadCase.end
        }
        let unwritable = try UploadCase(folder: "file/spool")
        try Data().write(to: unwritable.folder.url.appending(path: "file"))
        for upload in [full, unwritable] {
            await #expect {
                try await upload.send(body(upload)) { _ in Issue.record("performed") }
            } throws: { error in
                let unsaved = error as? UnsavedForm
                return unsaved?.form.value("text") == "typed" && unsaved?.cause.isOfStore == true
            }
            #expect(upload.spool.used == 0)
        }
        #expect(full.spooled.count == 1)
    }

    @Test("Texts have the limits of a form without files")
    func texts() async throws {
        let upload = try UploadCase()
        let token = UploadCase.text("csrf", upload.token)
        let long = UploadCase.text("a", String(repeating: "ә", count: FormBody.largestBody / 2))
        await #expect { try await upload.send(token + long + UploadCase.end) } throws: {
            ($0 as? Problem)?.status == .contentTooLarge
        }
        let many = (0..<FormBody.maxFields).flatMap { UploadCase.text("a\($0)", "") }
        let name = UploadCase.text(String(repeating: "a", count: FormBody.longestName + 1), "")
        let binary = UploadCase.text("a", "").dropLast(2) + [0xFF, 13, 10]
        for fields in [many, name, Array(binary), UploadCase.text("a", "\0")] {
            await #expect { try await upload.send(token + fields + UploadCase.end) } throws: {
                ($0 as? Problem)?.status == .badRequest
            }
        }
    }
}
