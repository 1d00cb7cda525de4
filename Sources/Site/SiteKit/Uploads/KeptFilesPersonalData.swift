import Civic
import Foundation

/// The part of the files of unfinished forms in the download and the erasure of personal data.
struct KeptFilesPersonalData: PersonalDataParticipant {
    private struct Entry: Encodable {
        let form: String
        let field: String
        let name: String
        let bytes: Int
        let received: Date
    }

    let files: KeptFiles

    /// What is known about the files of a person; they are shown with their forms.
    func sections(of person: PersonID, at now: Date) async throws -> [PersonalDataSection] {
        let entries = try files.files(of: person).map {
            Entry(form: $0.form, field: $0.field, name: $0.name, bytes: $0.size, received: $0.received)
        }
        return entries.isEmpty ? [] : [PersonalDataSection("unfinishedFormFiles", entries)]
    }

    func erasurePreview(of person: PersonID, at now: Date) async throws -> ErasurePreview {
        ErasurePreview(erased: [
            ErasurePreview.Item(subject: "unfinished_form_files", count: try files.files(of: person).count)
        ])
    }

    /// The files are outside the database, so they are deleted ahead of the account.
    var erasure: ErasureStep { .before { try files.deleteAll(of: $0) } }
}
