import Attachments
import Civic
import Foundation
import Geo

/// The contribution of the files of unfinished forms to the download and the erasure of personal data.
///
/// Attachments that a record has claimed belong to the feature of that record, which knows what the law requires to keep.
struct KeptFilesPersonalData: PersonalDataParticipant {
    private struct Entry: Encodable {
        let form: String?
        let field: String?
        let name: String
        let bytes: Int
        let received: Date
        var latitude: Double?
        var longitude: Double?

        init(_ file: KeptFile) {
            (form, field, name, bytes, received) = (file.form, file.field, file.name, file.size, file.received)
            let position = file.attachment?.position
            (latitude, longitude) = (position?.latitude, position?.longitude)
        }

        init(_ attachment: AttachedFile) {
            (form, field) = (nil, nil)
            (name, bytes, received) = (attachment.name, attachment.content.size, attachment.received)
        }
    }

    let files: KeptFiles
    let attachments: AttachmentUseCases?

    /// What is known about the files of a person; they are shown with their forms.
    func sections(of person: PersonID, at now: Date) async throws -> [PersonalDataSection] {
        let entries = try await entries(of: person)
        return entries.isEmpty ? [] : [PersonalDataSection("unfinishedFormFiles", entries)]
    }

    func erasurePreview(of person: PersonID, at now: Date) async throws -> ErasurePreview {
        ErasurePreview(erased: [
            ErasurePreview.Item(subject: "unfinished_form_files", count: try await entries(of: person).count)
        ])
    }

    /// The files are outside the database, so they are deleted ahead of the account.
    var erasure: ErasureStep {
        .before { person in
            try files.deleteAll(of: person)
            try await attachments?.delete.deleteUnclaimed(of: person)
        }
    }

    /// The kept files, and the attachments whose kept file is gone, as after a crash.
    private func entries(of person: PersonID) async throws -> [Entry] {
        let kept = try files.files(of: person)
        let named = Set(kept.compactMap { $0.attachment?.id })
        let others = try await attachments?.read.unclaimed(of: person).filter { !named.contains($0.id) } ?? []
        return kept.map(Entry.init) + others.map(Entry.init)
    }
}
