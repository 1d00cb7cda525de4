import Appeals
import Civic
import Foundation
import GRDB

// The rows of what goes with an appeal.

struct ApplicantRow: TableRow {
    static let table = "appeal_applicant"

    let contact: Data?
    let identity: Data?
    let number: Data?
    let numberHash: Data?

    var applicant: SealedApplicant {
        SealedApplicant(contact: contact, identity: identity, number: number, numberHash: numberHash)
    }
}

struct FileRow: TableRow {
    static let table = "appeal_file"

    let attachment: String
    let purpose: String
    let version: Int
    let message: Int64?

    var file: AppealFile {
        get throws {
            AppealFile(
                id: Key(attachment),
                purpose: try Self.required("purpose", attachment, AppealFilePurpose(rawValue: purpose)),
                version: version,
                message: message.map(AppealMessageID.init(rawValue:))
            )
        }
    }
}

struct MessageRow: TableRow {
    static let table = "appeal_message"

    let id: Int64
    let time: Date
    let isFromStaff: Bool
    let person: PersonID?
    let text: String

    var message: AppealMessage {
        AppealMessage(
            id: AppealMessageID(rawValue: id),
            time: time,
            isFromStaff: isFromStaff,
            person: person,
            text: text
        )
    }
}

struct NoteRow: TableRow {
    static let table = "appeal_note"

    let time: Date
    let person: PersonID
    let text: String
}

struct TermChangeRow: TableRow {
    static let table = "appeal_term_change"

    let appeal: Int64
    let time: Date
    let oldTerm: String
    let newTerm: String

    var change: TermChange {
        get throws {
            TermChange(
                appeal: AppealID(rawValue: appeal),
                time: time,
                old: try AppealJSON.value(AppealTerm.self, oldTerm, "old_term", of: appeal, in: Self.table),
                new: try AppealJSON.value(AppealTerm.self, newTerm, "new_term", of: appeal, in: Self.table)
            )
        }
    }
}

struct AccessRow: TableRow {
    static let table = "appeal_access"

    let appeal: Int64
    let person: PersonID
    let role: String
    let time: Date
    let dataClass: String
    let reason: String?
    let origin: Data?

    var access: AppealAccess {
        get throws {
            AppealAccess(
                appeal: AppealID(rawValue: appeal),
                person: person,
                role: try Self.required("role", appeal, Role(rawValue: role)),
                time: time,
                dataClass: try Self.required("data_class", appeal, AppealDataClass(rawValue: dataClass)),
                reason: reason,
                origin: origin
            )
        }
    }
}
