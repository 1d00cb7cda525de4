import Civic
import Foundation
import Testing

@testable import Attachments

@Suite struct AttachmentDeliveryTests {
    private static func attachment(
        _ name: String = "Фото \"1\"%\\.jpg",
        _ format: FileFormat = .jpeg,
        _ state: AttachedFile.State = .available
    ) -> AttachedFile {
        AttachedFile(
            id: AttachmentID(),
            owner: nil,
            name: name,
            format: format,
            content: StoredContent(digest: FileDigest(of: Data([1])), size: 1),
            thumbnail: format.isImage ? StoredContent(digest: FileDigest(of: Data([2])), size: 1) : nil,
            state: state,
            received: Date(timeIntervalSince1970: 0)
        )
    }

    private static func field(_ name: String, _ delivery: AttachmentDelivery?) -> String? {
        delivery?.fields.first { $0.name == name }?.value
    }

    @Test("Every variant is sandboxed, not sniffed, and not kept by shared caches")
    func fields() {
        for variant in [AttachmentDelivery.Variant.download, .picture, .thumbnail] {
            let delivery = AttachmentDelivery(Self.attachment(), as: variant)
            #expect(Self.field("content-security-policy", delivery)?.hasPrefix("sandbox; default-src 'none'") == true)
            #expect(Self.field("x-content-type-options", delivery) == "nosniff")
            #expect(Self.field("cache-control", delivery) == "private, no-cache")
            #expect(Self.field("content-type", delivery) == "image/jpeg")
        }
    }

    @Test("The name for saving is escaped for old clients and encoded for others")
    func disposition() {
        let delivery = AttachmentDelivery(Self.attachment(), as: .download)
        #expect(
            Self.field("content-disposition", delivery)
                == "attachment; filename=\"____ _1___.jpg\"; filename*=UTF-8''%D0%A4%D0%BE%D1%82%D0%BE%20%221%22%25%5C.jpg"
        )
        #expect(Self.field("content-disposition", AttachmentDelivery(Self.attachment(), as: .picture)) == "inline")
    }

    @Test("Documents are only offered for saving")
    func documents() {
        let document = Self.attachment("a.pdf", .pdf)
        #expect(
            AttachmentDelivery(document, as: .picture) == nil && AttachmentDelivery(document, as: .thumbnail) == nil
        )
        let disposition = Self.field("content-disposition", AttachmentDelivery(document, as: .download))
        #expect(disposition?.hasPrefix("attachment; filename=\"a.pdf\"") == true)
    }

    @Test("Nothing is served that awaits its scan or is infected")
    func unscanned() {
        for state in [AttachedFile.State.awaitingScan, .infected(finding: "x")] {
            for variant in [AttachmentDelivery.Variant.download, .picture, .thumbnail] {
                #expect(AttachmentDelivery(Self.attachment("a.jpg", .jpeg, state), as: variant) == nil)
            }
        }
    }

    @Test("Ids are random, have one spelling and are no paths")
    func ids() {
        let ids = (0..<1_000).map { _ in AttachmentID() }
        #expect(Set(ids).count == 1_000)
        for id in ids { #expect(AttachmentID(rawValue: id.rawValue) == id) }
        let last = "AAAAAAAAAAAAAAAAAAAAA"
        #expect(AttachmentID(rawValue: last + "A") != nil && AttachmentID(rawValue: last + "B") == nil)
        for text in ["", "1", "../../../../etc/passwd", last, last + "AA", last + "/"] {
            #expect(AttachmentID(rawValue: text) == nil)
        }
    }
}
