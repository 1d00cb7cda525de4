import Civic
import Foundation
import Geo
import SQLiteStore
import TestSupport
import Testing

@testable import Attachments

/// Pictures made by Pillow and exiftool, and judged by them after the product has encoded them anew.
@Suite struct TakePictureTests {
    private typealias Attempt = Result<TakeAttachment.Outcome, any Error>

    @Test(
        "A stored picture is upright, has the same pixels and no metadata; its position is offered",
        arguments: (1...8).map { "oriented-\($0).jpg" } + ["tagged.png", "tagged.webp", "tagged.heic", "polyglot.jpg"]
    )
    func pictures(name: String) async throws {
        let fixture = try AttachmentFixture()
        let outcome = try await fixture.take(name)
        guard case .taken(let attachment, let position) = outcome else {
            Issue.record("\(name): \(outcome)")
            return
        }
        let stored = fixture.storage.url(of: attachment.content.digest)
        let sent = fixture.folder.url.appending(path: name)
        // The programs tell the format by the extension of a name.
        let named = fixture.folder.url.appending(path: "stored." + (attachment.format.extensions.first ?? ""))
        try FileManager.default.copyItem(at: stored, to: named)
        #expect(try await Sample.faults(of: named, sentAs: sent) == [])
        let place = try #require(position)
        #expect(abs(place.longitude - 76.889709) < 1e-6 && abs(place.latitude - 43.238949) < 1e-6)
        let bytes = try Data(contentsOf: stored)
        #expect(bytes.firstRange(of: Data("<script".utf8)) == nil && bytes.firstRange(of: Data("run.js".utf8)) == nil)
        #expect(attachment.format == (name.hasSuffix("png") ? .png : .jpeg))
        #expect(attachment.name.hasSuffix(name.hasSuffix("png") ? ".png" : ".jpg"))
    }

    @Test("Large pictures are reduced, and the thumbnail is a small JPEG without metadata")
    func sizes() async throws {
        let fixture = try AttachmentFixture()
        let attachment = try #require(try await fixture.take("wide.jpg").attachment)
        func size(of content: StoredContent?) async throws -> String {
            let url = fixture.storage.url(of: try #require(content).digest)
            let answer = try await Command.run("/usr/bin/exiftool", ["-s3", "-ImageSize", "-FileType", url.path])
            return String(decoding: answer, as: UTF8.self)
        }
        #expect(try await size(of: attachment.content) == "4096x1024\nJPEG\n")
        #expect(try await size(of: attachment.thumbnail) == "480x120\nJPEG\n")
    }

    @Test(
        "Transparent pictures and those for printers are taken",
        arguments: ["clear.png", "printer.jpg", "plain.jpg"]
    )
    func kinds(name: String) async throws {
        let fixture = try AttachmentFixture()
        guard case .taken(let attachment, let position) = try await fixture.take(name) else {
            Issue.record("\(name) was refused")
            return
        }
        #expect(attachment.thumbnail != nil && position == nil)
    }

    @Test("A picture that would fill the memory is refused before it is decoded")
    func pixels() async throws {
        let fixture = try AttachmentFixture()
        #expect(try await fixture.take("bomb.png") == .refused(.tooManyPixels(limit: 100_000_000)))
        #expect(try fixture.files() == [])
    }

    @Test(
        "A picture that takes too long, too much processor time or too much room is refused, and nothing of it is left",
        arguments: [0, 1, 2]
    )
    func limits(limit: Int) async throws {
        let fixture = try AttachmentFixture { limits in
            limits.pixels = 2_000_000_000
            switch limit {
            case 0: limits.process.wallTime = .milliseconds(1)
            case 1: limits.process.processorSeconds = 1
            default: limits.process.outputBytes = 1_000
            }
        }
        let name = limit == 1 ? "bomb.png" : "wide.jpg"
        #expect(try await fixture.take(name) == .refused(.tooDemanding(limit == 1 ? .png : .jpeg)))
        #expect(try fixture.files() == [])
    }

    @Test("Many pictures at once are taken in turn, and those that cannot wait are told so; none is lost")
    func concurrent() async throws {
        let fixture = try AttachmentFixture { limits in
            limits.process.concurrent = 2
            limits.process.waiting = 3
        }
        let (take, file) = (fixture.useCases().take, try await fixture.sample("plain.jpg"))
        let outcomes = await withTaskGroup(of: Attempt.self, returning: [Attempt].self) { group in
            for number in 0..<10 {
                group.addTask { await Attempt { try await take.take(file, named: "\(number).jpg", from: nil) } }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        let taken = outcomes.compactMap { (try? $0.get())?.attachment }
        let busy = outcomes.filter { outcome in
            if case .failure(let error as AttachmentsError) = outcome { return error == .busy }
            return false
        }
        #expect(taken.count + busy.count == 10)
        #expect(taken.count >= 5 && !busy.isEmpty)
        for attachment in taken {
            #expect(try await fixture.store.attachment(attachment.id)?.files == attachment.files)
        }
        // The same picture gives the same file.
        #expect(try fixture.files().count == 2)
    }
}

extension Result where Failure == any Error {
    /// Runs work that may fail.
    init(_ work: () async throws -> Success) async {
        do { self = .success(try await work()) } catch { self = .failure(error) }
    }
}
