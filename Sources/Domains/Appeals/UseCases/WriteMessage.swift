import Civic
import Foundation

/// Writes messages between the applicant and the body, and the internal notes of the staff.
public struct WriteMessage: Sendable {
    let store: any AppealStore
    let clock: WallClock
    let mails: AppealMails
    let authority: AppealAuthority

    /// How writing ended.
    public enum Outcome: Sendable, Equatable {
        /// Written.
        case written
        /// The text is malformed.
        case text(ContentFault)
        /// A file is unavailable, or the side has written `AppealMessage.maxADay` messages in a day.
        case refused
        /// The visitor sees the appeal but may not write, or it waits for its signature.
        case denied
        /// There is no such appeal for this visitor.
        case notFound
    }

    /// Writes a message.
    public func callAsFunction(
        _ number: AppealNumber,
        _ text: String,
        files: [AppealFileID] = [],
        by visitor: AppealVisitor
    ) async throws -> Outcome {
        guard let stored = try await store.appeal(number), authority.sees(visitor, stored.accessCase) else {
            return .notFound
        }
        let isApplicant = authority.isApplicant(visitor, stored.accessCase)
        guard stored.appeal.state != .draft,
            isApplicant || authority.may(.ask, visitor, stored.accessCase)
        else { return .denied }
        let read: String
        do { read = try ContentText.paragraphs(text, lengths: AppealMessage.lengths) } catch { return .text(error) }
        let time = clock.now
        let message = AppealMessage(
            id: AppealMessageID(rawValue: 0),
            time: time,
            isFromStaff: !isApplicant,
            person: visitor.person,
            text: read
        )
        let id = try await store.add(
            message,
            to: stored.id,
            files: files.map { NewAppealFile($0, .message, owner: visitor.person) },
            most: AppealMessage.maxADay,
            since: time.addingTimeInterval(-86_400),
            with: SideEffects(at: time, mails: try await notices(of: stored, isFromStaff: !isApplicant))
        )
        guard id != nil else { return .refused }
        mails.queued()
        return .written
    }

    /// Writes an internal note.
    public func note(_ number: AppealNumber, _ text: String, by visitor: AppealVisitor) async throws -> Outcome {
        guard let stored = try await store.appeal(number), authority.sees(visitor, stored.accessCase) else {
            return .notFound
        }
        guard let person = visitor.person, authority.may(.seeInternal, visitor, stored.accessCase) else {
            return .denied
        }
        let read: String
        do { read = try ContentText.paragraphs(text, lengths: AppealMessage.lengths) } catch { return .text(error) }
        try await store.add(AppealNote(time: clock.now, person: person, text: read), to: stored.id)
        return .written
    }

    private func notices(of stored: StoredAppeal, isFromStaff: Bool) async throws -> [OutgoingMail] {
        func notice(_ mail: AppealMail, _ title: String?) -> AppealNotice {
            AppealMails.notice(mail, stored.appeal, stored.number, title: title, stored.term, nil)
        }
        guard isFromStaff else {
            return try await mails.staff(of: stored.appeal).filter(\.wantsMails).map {
                try mails.notices.mail(notice(.staffTask, nil), to: $0.email, in: $0.language)
            }
        }
        let contact = try await store.applicant(of: stored.applicantID)
            .map { try mails.sealer.contact(of: $0) }
        let applicant = try await mails.applicant(
            contact,
            owner: stored.appeal.opening.owner,
            language: stored.content.language
        )
        guard let applicant, applicant.wantsMails else { return [] }
        let told = notice(.message, stored.content.title.text)
        return [try mails.notices.mail(told, to: applicant.email, in: applicant.language)]
    }
}
